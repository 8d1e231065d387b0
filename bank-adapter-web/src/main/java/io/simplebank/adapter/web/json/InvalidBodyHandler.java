package io.simplebank.adapter.web.json;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

@Singleton
final class InvalidBodyHandler implements ExceptionHandler<InvalidBodyException, HttpResponse<?>> {
  @Override
  @SuppressWarnings("rawtypes") // As the interface has it.
  public HttpResponse<?> handle(HttpRequest request, InvalidBodyException exception) {
    return exception.problem().response();
  }
}
