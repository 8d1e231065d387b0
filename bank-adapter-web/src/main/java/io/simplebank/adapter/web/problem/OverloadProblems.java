package io.simplebank.adapter.web.problem;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import java.util.concurrent.RejectedExecutionException;

/** Asks clients to come back when the bank could not even begin with their request. */
@Singleton
final class OverloadProblems
    implements ExceptionHandler<RejectedExecutionException, HttpResponse<?>> {
  @Override
  @SuppressWarnings("rawtypes") // As the interface has it.
  public HttpResponse<?> handle(HttpRequest request, RejectedExecutionException exception) {
    return Problem.of(ProblemCode.UNAVAILABLE, "the bank is busy; nothing was done, try again")
        .at(request.getPath())
        .response();
  }
}
