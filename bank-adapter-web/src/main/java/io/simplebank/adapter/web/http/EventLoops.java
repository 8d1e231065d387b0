package io.simplebank.adapter.web.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.netty.NettyHttpRequest;
import java.util.concurrent.Executor;

/**
 * The threads that read requests and write answers. Who learns an answer on another thread, which
 * has others to serve, has it sent from there.
 */
public final class EventLoops {
  private EventLoops() {}

  /** The thread that has read this request. */
  public static Executor of(HttpRequest<?> request) {
    return request instanceof NettyHttpRequest<?> received
        ? received.getChannelHandlerContext().executor()
        : Runnable::run;
  }
}
