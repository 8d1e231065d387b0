package io.simplebank.adapter.web.http;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import jakarta.inject.Singleton;

/**
 * Passes over what a client sends behind a request by which it ends the connection. Nobody would
 * hear of it, and the client may send it again elsewhere, as RFC 9112, 9.6 tells it that it was not
 * carried out.
 */
@Singleton
final class LastRequest implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
  @Override
  public NettyServerCustomizer.Registry onCreated(
      BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
    event.getBean().register(new EveryConnection(LastRequest::watch));
    return event.getBean();
  }

  private static void watch(Channel connection) {
    connection
        .pipeline()
        .addAfter(
            ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC, "last-request", new Requests());
  }

  private static final class Requests extends ChannelInboundHandlerAdapter {
    private boolean last;
    private boolean over;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (over) {
        ReferenceCountUtil.release(message);
        return;
      }
      if (message instanceof HttpRequest request && !HttpUtil.isKeepAlive(request)) {
        last = true;
      }
      over = last && message instanceof LastHttpContent;
      context.fireChannelRead(message);
    }
  }
}
