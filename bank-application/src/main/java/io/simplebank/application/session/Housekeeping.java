package io.simplebank.application.session;

import io.simplebank.domain.port.in.ForgetOldTraces;
import io.simplebank.domain.port.out.AttemptRepository;
import io.simplebank.domain.port.out.EmailVerificationRepository;
import io.simplebank.domain.port.out.SessionRepository;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Removes what has been over for so long that nobody will ask. */
public final class Housekeeping implements ForgetOldTraces {
  /** Longer than any session is waited for: its tokens are refused alike, known or unknown. */
  private static final Duration AFTER = Duration.ofDays(30);

  private final SessionRepository sessions;
  private final AttemptRepository attempts;
  private final EmailVerificationRepository verifications;
  private final InstantSource clock;

  /** Housekeeping in those stores. */
  public Housekeeping(
      SessionRepository sessions,
      AttemptRepository attempts,
      EmailVerificationRepository verifications,
      InstantSource clock) {
    this.sessions = sessions;
    this.attempts = attempts;
    this.verifications = verifications;
    this.clock = clock;
  }

  @Override
  public void forget() {
    Instant past = clock.instant().minus(AFTER);
    sessions.removeExpiredBefore(past);
    attempts.removeOlderThan(past);
    verifications.removeOlderThan(past);
  }
}
