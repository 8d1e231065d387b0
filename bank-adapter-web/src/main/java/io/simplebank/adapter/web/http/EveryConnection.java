package io.simplebank.adapter.web.http;

import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import java.util.function.Consumer;

/**
 * Has something done to each connection that clients open, when all is there that the framework
 * puts on it.
 */
record EveryConnection(Consumer<Channel> customization) implements NettyServerCustomizer {
  @Override
  public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
    return role == ChannelRole.CONNECTION ? new OneConnection(channel, customization) : this;
  }

  private record OneConnection(Channel channel, Consumer<Channel> customization)
      implements NettyServerCustomizer {
    @Override
    public NettyServerCustomizer specializeForChannel(Channel stream, ChannelRole role) {
      return this;
    }

    @Override
    public void onStreamPipelineBuilt() {
      customization.accept(channel);
    }
  }
}
