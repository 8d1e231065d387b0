package io.simplebank.adapter.web.problem;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.security.authentication.AuthorizationException;
import io.micronaut.security.authentication.DefaultAuthorizationExceptionHandler;
import jakarta.inject.Singleton;

/** Says 401 or 403 to browsers too: the framework would redirect whoever accepts HTML. */
@Singleton
@Replaces(DefaultAuthorizationExceptionHandler.class)
final class AuthorizationProblems
    implements ExceptionHandler<AuthorizationException, HttpResponse<?>> {
  private final FrameworkProblems problems;

  AuthorizationProblems(FrameworkProblems problems) {
    this.problems = problems;
  }

  @Override
  @SuppressWarnings("rawtypes") // As the interface has it.
  public HttpResponse<?> handle(HttpRequest request, AuthorizationException exception) {
    HttpStatus status = exception.isForbidden() ? HttpStatus.FORBIDDEN : HttpStatus.UNAUTHORIZED;
    return problems.processResponse(
        ErrorContext.builder(request).cause(exception).build(), HttpResponse.status(status));
  }
}
