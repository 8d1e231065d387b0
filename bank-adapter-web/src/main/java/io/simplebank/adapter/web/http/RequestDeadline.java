package io.simplebank.adapter.web.http;

import io.micronaut.context.annotation.Value;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.LastHttpContent;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hangs up on clients that take too long to say what they want. The framework hangs up on those who
 * say nothing at all; whoever sends a byte now and then would keep a connection for ever. The time
 * the bank takes to answer does not count.
 */
@Singleton
final class RequestDeadline implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
  private final Duration timeout;

  /** Allows that long from the first byte of a request to its last. */
  RequestDeadline(@Value("${bank.request-timeout}") Duration timeout) {
    this.timeout = timeout;
  }

  @Override
  public NettyServerCustomizer.Registry onCreated(
      BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
    event.getBean().register(new EveryConnection(channel -> new OnOneConnection(channel).watch()));
    return event.getBean();
  }

  /** Runs in the connection's own thread alone. */
  private final class OnOneConnection {
    private final Channel channel;
    private @Nullable Future<?> deadline;

    private OnOneConnection(Channel channel) {
      this.channel = channel;
    }

    private void watch() {
      begin();
      channel
          .pipeline()
          .addBefore(
              ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC, "request-begins", new Bytes())
          .addAfter(
              ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC, "request-ends", new Messages());
      channel.closeFuture().addListener(closed -> end());
    }

    private void begin() {
      if (deadline == null) {
        deadline =
            channel.eventLoop().schedule(this::hangUp, timeout.toMillis(), TimeUnit.MILLISECONDS);
      }
    }

    private void hangUp() {
      channel.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }

    private void end() {
      if (deadline != null) {
        deadline.cancel(false);
        deadline = null;
      }
    }

    private final class Bytes extends ChannelInboundHandlerAdapter {
      @Override
      public void channelRead(ChannelHandlerContext context, Object bytes) {
        begin();
        context.fireChannelRead(bytes);
      }
    }

    private final class Messages extends ChannelInboundHandlerAdapter {
      @Override
      public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof LastHttpContent) {
          end();
        }
        context.fireChannelRead(message);
      }
    }
  }
}
