package io.simplebank.adapter.web.json;

import io.simplebank.adapter.web.problem.Problem;

/** A request body cannot be used, for the reason that the problem gives. */
final class InvalidBodyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  InvalidBodyException(Problem problem) {
    super(problem.detail());
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
