package io.simplebank.adapter.web.problem;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what nobody has expected, and says that it is the bank's fault. The framework would do the
 * same, but where nobody knows any more for which request.
 */
@Singleton
final class FailureProblems implements ExceptionHandler<RuntimeException, HttpResponse<?>> {
  private static final Logger LOG = LoggerFactory.getLogger(FailureProblems.class);

  private final FrameworkProblems problems;

  FailureProblems(FrameworkProblems problems) {
    this.problems = problems;
  }

  @Override
  @SuppressWarnings("rawtypes") // As the interface has it.
  public HttpResponse<?> handle(HttpRequest request, RuntimeException exception) {
    LOG.error("Unexpected error occurred: {}", exception.getMessage(), exception);
    return problems.processResponse(
        ErrorContext.builder(request).cause(exception).build(), HttpResponse.serverError());
  }
}
