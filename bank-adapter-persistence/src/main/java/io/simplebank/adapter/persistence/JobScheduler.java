package io.simplebank.adapter.persistence;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.micronaut.jdbc.DataSourceResolver;
import io.simplebank.domain.user.VerificationId;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off what is queued in the database, on whichever server is free, each job on one server at
 * a time. A job may be done twice, where a server dies between doing it and writing that down, but
 * none is lost.
 */
@Singleton
public final class JobScheduler {
  /** The task of mailing one verification, whose instances are named by its number. */
  public static final String VERIFICATION_MAIL = "verification-mail";

  private static final String HOUSEKEEPING = "housekeeping";

  private static final Logger LOG = LoggerFactory.getLogger(JobScheduler.class);

  private static final int THREADS = 2;
  private static final Duration POLLING = Duration.ofSeconds(1);
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofSeconds(5), Duration.ofHours(1), Duration.ofDays(3));

  /** A server that was not heard of this many times is taken for dead. */
  private static final int MISSED_HEARTBEATS = 4;

  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /** How long jobs may go on at the end before they are interrupted. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  /** How often errors that nobody has foreseen are logged at most, each by its thread. */
  private static final Duration PAUSE_AFTER_ERROR = Duration.ofSeconds(30);

  private final PatientDataSource pool;
  private final Duration polling;
  private final Backoff backoff;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private @Nullable Scheduler scheduler;

  /** On the pool itself: the framework's data source gives connections to its own callers only. */
  @Inject
  JobScheduler(DataSource dataSource, DataSourceResolver resolver) {
    this(resolver.resolve(dataSource), POLLING, BACKOFF);
  }

  JobScheduler(DataSource pool, Duration polling, Backoff backoff) {
    this.pool = new PatientDataSource(pool);
    this.polling = polling;
    this.backoff = backoff;
  }

  /**
   * Begins to work off what is queued. Whoever is called here runs outside any transaction.
   *
   * @param verificationMail sends a mail; when it throws, it is called again later, for three days
   * @param housekeeping is called once a day, on one of the servers
   * @throws IllegalStateException when it has begun before
   */
  public synchronized void start(Consumer<VerificationId> verificationMail, Runnable housekeeping) {
    if (scheduler != null || stopped.getCount() == 0) {
      throw new IllegalStateException("jobs are begun once");
    }
    OneTimeTask<Void> mail =
        Tasks.oneTime(VERIFICATION_MAIL)
            .onFailure(this::tryAgain)
            .execute(
                (instance, context) ->
                    verificationMail.accept(new VerificationId(Long.parseLong(instance.getId()))));
    RecurringTask<Void> daily =
        Tasks.recurring(HOUSEKEEPING, FixedDelay.of(Duration.ofDays(1)))
            .execute((instance, context) -> housekeeping.run());
    Scheduler begun =
        Scheduler.create(pool.asDataSource(), mail)
            .startTasks(daily)
            .threads(THREADS)
            .pollingInterval(polling)
            // Takes no more than it has threads for: what waits here would give no sign of life.
            .pollUsingLockAndFetch(0.5, 1.0)
            .heartbeatInterval(HEARTBEAT)
            .missedHeartbeatsLimit(MISSED_HEARTBEATS)
            .shutdownMaxWait(GRACE)
            // Not asked of the database, which may be away; times are timestamptz.
            .jdbcCustomization(new PostgreSqlJdbcCustomization(false, false))
            .schedulerName(new SchedulerName.Fixed("bank-" + UUID.randomUUID()))
            .failureLogging(LogLevel.WARN, false)
            .addSchedulerListener(new PauseAfterError())
            .build();
    scheduler = begun;
    begun.start();
  }

  /** Begins no more jobs and lets those that are under way finish. */
  @PreDestroy
  public void stop() {
    // Before the monitor is taken: a start that waits for the database holds it.
    stopped.countDown();
    pool.stopWaiting();
    synchronized (this) {
      if (scheduler != null) {
        scheduler.stop();
        scheduler = null;
      }
    }
  }

  private void tryAgain(ExecutionComplete done, ExecutionOperations<Void> operations) {
    int failures = done.getExecution().consecutiveFailures + 1;
    Optional<Instant> next = backoff.waitAfter(failures).map(done.getTimeDone()::plus);
    if (next.isPresent()) {
      operations.reschedule(done, next.get());
    } else {
      operations.remove();
      LOG.error(
          "{} {} is given up after {} tries",
          VERIFICATION_MAIL,
          done.getExecution().getId(),
          failures);
    }
  }

  /** What fails at each poll would fill the log each second. */
  private final class PauseAfterError extends AbstractSchedulerListener {
    private final Thread starter = Thread.currentThread();

    @Override
    public void onSchedulerEvent(SchedulerEventType type) {
      // What fails at the start fails once, and the bank is not to wait for it.
      if (type == SchedulerEventType.UNEXPECTED_ERROR && Thread.currentThread() != starter) {
        try {
          stopped.await(PAUSE_AFTER_ERROR.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
