package io.simplebank.bootstrap;

import io.micronaut.context.annotation.Requires;
import io.micronaut.scheduling.annotation.Scheduled;
import io.simplebank.application.session.EndedSessions;
import io.simplebank.domain.port.in.ExpirePending;
import io.simplebank.domain.port.in.ForgetAnswers;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every server does over and over again while it runs; servers do not collide. */
@Singleton
@Requires(missingProperty = Rounds.OFF)
final class Rounds {
  /** The property that keeps them from being made, for whoever is to change nothing. */
  static final String OFF = "rounds.off";

  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

  private final EndedSessions endedSessions;
  private final ForgetAnswers forgetAnswers;
  private final ExpirePending expirePending;
  private final AtomicBoolean failing = new AtomicBoolean();

  Rounds(EndedSessions endedSessions, ForgetAnswers forgetAnswers, ExpirePending expirePending) {
    this.endedSessions = endedSessions;
    this.forgetAnswers = forgetAnswers;
    this.expirePending = expirePending;
  }

  /** So that an access token of a session that another server has ended is good no longer. */
  @Scheduled(fixedDelay = "1s")
  void refreshEndedSessions() {
    try {
      endedSessions.refresh();
      if (failing.getAndSet(false)) {
        LOG.info("Ended sessions can be read again");
      }
    } catch (RuntimeException e) {
      // The next round is in a second: to say it each time would bury what else there is to read.
      if (!failing.getAndSet(true)) {
        LOG.warn("Ended sessions cannot be read; it is tried every second: {}", e.getMessage());
      }
    }
  }

  /** A failure is logged by the scheduler, and the next round is in a minute. */
  @Scheduled(initialDelay = "1m", fixedDelay = "1m")
  void forgetOldAnswers() {
    boolean more;
    do {
      more = forgetAnswers.forgetSome();
    } while (more);
  }

  /** Nobody waits for this: what has expired counts as expired before it is written down. */
  @Scheduled(initialDelay = "10s", fixedDelay = "10s")
  void expirePendingTransfers() {
    boolean more;
    do {
      more = expirePending.expireSome();
    } while (more);
  }
}
