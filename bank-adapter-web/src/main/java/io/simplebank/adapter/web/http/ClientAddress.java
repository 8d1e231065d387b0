package io.simplebank.adapter.web.http;

import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;

/** Where a request comes from: anybody can write a header, so it is the connection's other end. */
@Singleton
public final class ClientAddress {
  /** The client's address in digits. */
  public String of(HttpRequest<?> request) {
    return request.getRemoteAddress().getAddress().getHostAddress();
  }
}
