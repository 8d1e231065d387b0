package io.simplebank.bootstrap;

import io.micronaut.scheduling.annotation.Scheduled;
import io.simplebank.domain.port.in.ForgetAnswers;
import jakarta.inject.Singleton;

/** What the bank does by itself from time to time. Every replica does it; they do not collide. */
@Singleton
final class Housekeeping {
  private final ForgetAnswers forgetAnswers;

  Housekeeping(ForgetAnswers forgetAnswers) {
    this.forgetAnswers = forgetAnswers;
  }

  /** A failure is logged by the scheduler, and the next time comes soon. */
  @Scheduled(initialDelay = "1m", fixedDelay = "1m")
  void forgetOldAnswers() {
    boolean more;
    do {
      more = forgetAnswers.forgetSome();
    } while (more);
  }
}
