package io.simplebank.adapter.persistence;

import static io.simplebank.adapter.persistence.LostConnections.Moment.AFTER_COMMIT;
import static io.simplebank.adapter.persistence.LostConnections.Moment.BEFORE_COMMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.simplebank.adapter.persistence.LostConnections.Moment;
import io.simplebank.domain.idempotency.BatchKey;
import io.simplebank.domain.port.out.Ledger;
import io.simplebank.domain.port.out.Transactions;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Work that can see whether it was kept is run again when nobody has heard of its end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LostConnectionTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:15:30.123456Z");

  private ApplicationContext context;
  private LostConnections connections;
  private Transactions transactions;
  private Ledger ledger;

  @BeforeAll
  void start() {
    context = PostgresStores.onNewDatabase(LostConnections.ENABLED, "true");
    connections = context.getBean(LostConnections.class);
    transactions = context.getBean(Transactions.class);
    ledger = context.getBean(Ledger.class);
  }

  @AfterAll
  void stop() {
    context.close();
  }

  @AfterEach
  void every_loss_was_met() {
    assertThat(connections.outstanding()).isZero();
  }

  @Test
  void sees_in_the_second_run_that_the_first_was_kept() {
    connections.loseNext(AFTER_COMMIT);

    assertThat(runs(run -> {})).containsExactly(false, true);
  }

  @Test
  void does_in_the_second_run_what_was_lost_with_the_first() {
    connections.loseNext(BEFORE_COMMIT);

    assertThat(runs(run -> {})).containsExactly(false, false);
  }

  @Test
  void loses_nothing_when_connections_are_lost_again_and_again() {
    connections.loseNext(BEFORE_COMMIT, BEFORE_COMMIT, AFTER_COMMIT, BEFORE_COMMIT);

    assertThat(runs(run -> {})).containsExactly(false, false, false, true, true);
  }

  @ParameterizedTest
  @EnumSource
  void gives_up_in_the_end(Moment moment) {
    connections.loseNext(moment, moment, moment, moment, moment);

    assertThatThrownBy(() -> runs(run -> {})).hasRootCauseInstanceOf(SQLException.class);
  }

  @Test
  void runs_again_when_the_database_ends_the_session_half_way() {
    assertThat(
            runs(
                run -> {
                  if (run == 1) {
                    killOwnSession();
                  }
                }))
        .containsExactly(false, false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"40001", "40P01", "57P01", "08003"})
  void runs_again_what_another_transaction_or_the_server_has_stopped(String state) {
    assertThat(
            runs(
                run -> {
                  if (run == 1) {
                    fail(state);
                  }
                }))
        .containsExactly(false, false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"23505", "42601", "23001"})
  void does_not_run_again_what_would_fail_again(String state) {
    List<Integer> runs = new ArrayList<>();

    assertThatThrownBy(
            () ->
                runs(
                    run -> {
                      runs.add(run);
                      fail(state);
                    }))
        .hasRootCauseMessage("on purpose");

    assertThat(runs).containsExactly(1);
  }

  @Test
  void says_that_nothing_was_begun_only_where_it_is_true() {
    RejectedExecutionException refusal = new RejectedExecutionException("no connection");
    assertThatThrownBy(
            () ->
                runs(
                    run -> {
                      throw refusal;
                    }))
        .isSameAs(refusal);

    connections.loseNext(AFTER_COMMIT);
    assertThatThrownBy(
            () ->
                runs(
                    run -> {
                      if (run > 1) {
                        throw refusal;
                      }
                    }))
        .isNotInstanceOf(RejectedExecutionException.class)
        .hasRootCauseInstanceOf(SQLException.class);
  }

  @Test
  void leaves_it_to_the_outer_transaction_to_run_again() {
    List<Integer> runs = new ArrayList<>();

    assertThatThrownBy(
            () ->
                transactions.inTransaction(
                    () ->
                        runs(
                            run -> {
                              runs.add(run);
                              fail("40001");
                            })))
        .hasRootCauseMessage("on purpose");

    assertThat(runs).containsExactly(1);
  }

  /** Writes a batch; returns for each run whether it has found the batch written. */
  private List<Boolean> runs(IntConsumer atTheEndOf) {
    BatchKey key = BatchKey.random();
    List<Boolean> written = new ArrayList<>();
    return transactions.inRepeatableTransaction(
        () -> {
          Ledger.Opening opening = ledger.open(key, Ledger.Inquiry.of(0, List.of(), NOW));
          written.add(opening.written());
          if (!opening.written()) {
            ledger.write(key, opening.batch(NOW), List.of());
          }
          atTheEndOf.accept(written.size());
          return written;
        });
  }

  private void fail(String state) {
    context
        .getBean(JdbcOperations.class)
        .execute(
            connection -> {
              throw new SQLTransactionRollbackException("on purpose", state);
            });
  }

  private void killOwnSession() {
    context
        .getBean(JdbcOperations.class)
        .prepareStatement(
            "SELECT pg_terminate_backend(pg_backend_pid())", statement -> statement.execute());
  }
}
