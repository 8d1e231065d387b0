package io.simplebank.adapter.web.problem;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Asks clients that come too often to come back at a certain time. */
@Singleton
public final class RetryLater {
  private final InstantSource clock;

  RetryLater(InstantSource clock) {
    this.clock = clock;
  }

  /** Too many passwords have been wrong of late, wherever they were asked for. */
  public Problem tooManyAttempts(Instant retryAt) {
    return problem(ProblemCode.TOO_MANY_ATTEMPTS, "there were too many attempts", retryAt);
  }

  /** A refusal that ends by itself. */
  public Problem problem(ProblemCode code, String reason, Instant retryAt) {
    Duration wait = Duration.between(clock.instant(), retryAt);
    // Rounded up: who comes back a moment too early is refused again. A time that has come while
    // this was on its way is a second, too.
    long seconds = Math.max(1, wait.plusSeconds(1).minusNanos(1).toSeconds());
    return Problem.of(code, reason + "; try again in " + seconds + " s").after(seconds);
  }
}
