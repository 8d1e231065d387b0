package io.simplebank.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.simplebank.domain.user.VerificationId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Real schedulers on a real database, with shorter waits than in earnest. */
class JobSchedulerTest {
  // Not the shared one: there, contracts queue mails that nobody is to send.
  private static final PostgresStores STORES =
      PostgresStores.onDatabase(TestDatabase.createDatabase());

  private static final AtomicLong IDS = new AtomicLong();
  private static final Duration OFTEN = Duration.ofMillis(20);
  private static final Backoff SHORT =
      new Backoff(Duration.ofMillis(10), Duration.ofMillis(20), Duration.ofDays(1));

  private final List<JobScheduler> started = new ArrayList<>();
  private final BlockingQueue<VerificationId> sent = new LinkedBlockingQueue<>();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

  @BeforeEach
  void listen_to_the_log() {
    log.start();
    root.addAppender(log);
  }

  @AfterEach
  void stop_all() throws SQLException {
    started.forEach(JobScheduler::stop);
    root.detachAppender(log);
    execute("DELETE FROM scheduled_tasks");
  }

  @Test
  void sends_what_was_queued_while_nobody_worked_it_off() throws InterruptedException {
    VerificationId id = queued();

    start(sent::add, JobSchedulerTest::noHousekeeping);

    assertThat(sent.poll(30, TimeUnit.SECONDS)).isEqualTo(id);
    awaitUnqueued(id);
  }

  @Test
  void sends_what_is_queued_later() throws InterruptedException {
    start(sent::add, JobSchedulerTest::noHousekeeping);

    VerificationId id = queued();

    assertThat(sent.poll(30, TimeUnit.SECONDS)).isEqualTo(id);
  }

  @Test
  void tries_again_what_has_failed_and_says_so_in_one_line_each() {
    VerificationId id = queued();
    AtomicInteger tries = new AtomicInteger();

    start(
        mail -> {
          if (tries.incrementAndGet() <= 2) {
            throw new UncheckedIOException(new IOException("no mail server"));
          }
          sent.add(mail);
        },
        JobSchedulerTest::noHousekeeping);

    awaitUnqueued(id);
    assertThat(sent).containsExactly(id);
    assertThat(tries).hasValue(3);
    assertThat(logged(Level.WARN)).hasSize(2).allMatch(line -> line.contains("no mail server"));
    assertThat(log.list).allMatch(event -> event.getThrowableProxy() == null);
  }

  @Test
  void gives_up_in_the_end_and_says_which_one() {
    VerificationId id = queued();
    AtomicInteger tries = new AtomicInteger();
    Backoff impatient =
        new Backoff(Duration.ofMillis(10), Duration.ofMillis(10), Duration.ofMillis(20));

    started(STORES.pool(), impatient)
        .start(
            mail -> {
              tries.incrementAndGet();
              throw new UncheckedIOException(new IOException("no mail server"));
            },
            JobSchedulerTest::noHousekeeping);

    awaitUnqueued(id);
    await(() -> !logged(Level.ERROR).isEmpty());
    assertThat(tries).hasValue(3);
    assertThat(logged(Level.ERROR))
        .containsExactly("verification-mail " + id.value() + " is given up after 3 tries");
  }

  @Test
  void does_each_job_once_with_two_servers_on_one_database() {
    Set<VerificationId> ids = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      ids.add(queued());
    }
    AtomicInteger kept = new AtomicInteger();

    start(sent::add, kept::incrementAndGet);
    start(sent::add, kept::incrementAndGet);

    for (VerificationId id : ids) {
      awaitUnqueued(id);
    }
    await(() -> kept.get() > 0);
    assertThat(sent).hasSize(40).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(kept).as("housekeeping is done on one of them").hasValue(1);
  }

  @Test
  void takes_over_from_a_server_that_died_in_the_middle() throws Exception {
    VerificationId id = queued();
    execute(
        "UPDATE scheduled_tasks SET picked = true, picked_by = 'gone', last_heartbeat = now() -"
            + " interval '1 hour', version = version + 1 WHERE task_instance = '%d'"
                .formatted(id.value()));

    start(sent::add, JobSchedulerTest::noHousekeeping);

    assertThat(sent.poll(30, TimeUnit.SECONDS)).isEqualTo(id);
    awaitUnqueued(id);
  }

  @Test
  void calls_outside_any_transaction_and_holds_no_connection_meanwhile() throws Exception {
    AtomicInteger open = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    VerificationId id = queued();

    started(counting(STORES.pool(), open), SHORT)
        .start(
            mail -> {
              begun.countDown();
              await(go);
            },
            JobSchedulerTest::noHousekeeping);

    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
    // Polls come and go; a connection that the job held would never let this be zero.
    await(() -> open.get() == 0);
    go.countDown();
    awaitUnqueued(id);
  }

  @Test
  void lets_a_job_finish_and_begins_no_other_when_it_stops() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    VerificationId id = queued();
    JobScheduler scheduler = started(STORES.pool(), SHORT);
    scheduler.start(
        mail -> {
          begun.countDown();
          await(go);
          sent.add(mail);
        },
        JobSchedulerTest::noHousekeeping);
    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

    Thread stopping = new Thread(scheduler::stop);
    stopping.start();
    go.countDown();
    stopping.join(TimeUnit.SECONDS.toMillis(30));

    assertThat(stopping.isAlive()).isFalse();
    assertThat(sent).containsExactly(id);
    assertThat(STORES.queuedMails()).doesNotContain(id);
    // Another server works off what is queued now, so polls have had their time.
    VerificationId later = queued();
    BlockingQueue<VerificationId> sentByAnother = new LinkedBlockingQueue<>();
    start(sentByAnother::add, JobSchedulerTest::noHousekeeping);
    assertThat(sentByAnother.poll(30, TimeUnit.SECONDS)).isEqualTo(later);
    assertThat(sent).containsExactly(id);
  }

  @Test
  void begins_once() {
    JobScheduler scheduler = started(STORES.pool(), SHORT);
    scheduler.start(sent::add, JobSchedulerTest::noHousekeeping);

    assertThatThrownBy(() -> scheduler.start(sent::add, JobSchedulerTest::noHousekeeping))
        .isInstanceOf(IllegalStateException.class);
    scheduler.stop();
    scheduler.stop();
    assertThatThrownBy(() -> scheduler.start(sent::add, JobSchedulerTest::noHousekeeping))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void waits_for_the_database_and_says_so_once() throws Exception {
    AtomicBoolean away = new AtomicBoolean();
    AtomicInteger refused = new AtomicInteger();
    started(absentWhile(away, refused), SHORT).start(sent::add, JobSchedulerTest::noHousekeeping);
    VerificationId before = queued();
    assertThat(sent.poll(30, TimeUnit.SECONDS)).isEqualTo(before);
    awaitUnqueued(before);

    away.set(true);
    await(() -> refused.get() >= 3);
    VerificationId meanwhile = queued();
    assertThat(sent).isEmpty();
    away.set(false);

    assertThat(sent.poll(30, TimeUnit.SECONDS)).isEqualTo(meanwhile);
    assertThat(logged(Level.WARN)).hasSize(1).first().asString().contains("jobs wait");
    assertThat(logged(Level.ERROR)).isEmpty();
  }

  @Test
  void can_be_stopped_while_it_waits_for_the_database_to_start() throws Exception {
    AtomicInteger refused = new AtomicInteger();
    JobScheduler scheduler = started(absentWhile(new AtomicBoolean(true), refused), SHORT);
    Thread starting =
        new Thread(() -> scheduler.start(sent::add, JobSchedulerTest::noHousekeeping));
    starting.start();
    await(() -> refused.get() > 0);

    scheduler.stop();

    starting.join(TimeUnit.SECONDS.toMillis(30));
    assertThat(starting.isAlive()).isFalse();
  }

  @Test
  void survives_errors_and_does_not_fill_the_log_with_them() throws Exception {
    AtomicInteger polls = new AtomicInteger();
    DataSource broken =
        proxy(
            (method, arguments) -> {
              polls.incrementAndGet();
              throw new SQLException("read only");
            });
    VerificationId id = queued();
    JobScheduler scheduler = started(broken, SHORT);

    scheduler.start(sent::add, JobSchedulerTest::noHousekeeping);
    start(sent::add, JobSchedulerTest::noHousekeeping);
    awaitUnqueued(id);
    await(() -> logged(Level.ERROR).size() >= 3);
    scheduler.stop();

    // The start, a poll and a look for dead servers, and none of them again.
    assertThat(logged(Level.ERROR)).hasSize(3);
    assertThat(polls).hasValue(3);
  }

  private static void noHousekeeping() {}

  private void start(Consumer<VerificationId> mails, Runnable housekeeping) {
    started(STORES.pool(), SHORT).start(mails, housekeeping);
  }

  private JobScheduler started(DataSource pool, Backoff backoff) {
    JobScheduler scheduler = new JobScheduler(pool, OFTEN, backoff);
    started.add(scheduler);
    return scheduler;
  }

  private static VerificationId queued() {
    VerificationId id = new VerificationId(IDS.incrementAndGet());
    STORES.verificationMails().add(id);
    return id;
  }

  private static void awaitUnqueued(VerificationId id) {
    await(() -> !STORES.queuedMails().contains(id));
  }

  private List<String> logged(Level level) {
    return List.copyOf(log.list).stream()
        .filter(event -> event.getLevel() == level)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = STORES.pool().getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.executeUpdate();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Asks the database itself between two looks, which gives others their turn. */
  private static void await(Condition condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      try (Connection connection = STORES.pool().getConnection();
          PreparedStatement statement = connection.prepareStatement("SELECT 1");
          ResultSet row = statement.executeQuery()) {
        assertThat(row.next()).isTrue();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static DataSource absentWhile(AtomicBoolean away, AtomicInteger refused) {
    return proxy(
        (method, arguments) -> {
          if (away.get()) {
            refused.incrementAndGet();
            throw new RejectedExecutionException("no connection to the database");
          }
          return method.invoke(STORES.pool(), arguments);
        });
  }

  private static DataSource counting(DataSource pool, AtomicInteger open) {
    return proxy(
        (method, arguments) -> {
          Connection connection = (Connection) method.invoke(pool, arguments);
          open.incrementAndGet();
          return Proxy.newProxyInstance(
              Connection.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (self, called, given) -> {
                if (called.getName().equals("close")) {
                  open.decrementAndGet();
                }
                try {
                  return called.invoke(connection, given);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
        });
  }

  private static DataSource proxy(Call call) {
    return (DataSource)
        Proxy.newProxyInstance(
            DataSource.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (self, method, arguments) -> {
              try {
                return call.on(method, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private interface Condition {
    boolean holds();
  }

  private interface Call {
    Object on(Method method, Object[] arguments)
        throws SQLException, InvocationTargetException, IllegalAccessException;
  }
}
