package io.simplebank.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.audit.ChainHead;
import io.simplebank.domain.audit.Finding;
import io.simplebank.domain.audit.Findings;
import io.simplebank.domain.idempotency.BatchKey;
import io.simplebank.domain.idempotency.IdempotencyKey;
import io.simplebank.domain.port.out.Ledger;
import io.simplebank.domain.port.out.Ledger.Inquiry;
import io.simplebank.domain.port.out.LedgerRecords;
import io.simplebank.domain.port.out.LedgerRecordsContract;
import io.simplebank.domain.port.out.Stores;
import io.simplebank.domain.port.out.StoresContract;
import io.simplebank.domain.transfer.LedgerBatch;
import io.simplebank.domain.transfer.PostedTransfer;
import io.simplebank.domain.transfer.Reference;
import io.simplebank.domain.transfer.Transfer;
import io.simplebank.domain.transfer.TransferOrder;
import io.simplebank.domain.transfer.TransferOutcome;
import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.Username;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whoever writes past the bank, with all rights that there are, is found and what they did named.
 */
class LedgerChainTest extends StoresContract {
  private final String database = TestDatabase.createDatabase();
  private final PostgresStores stores = PostgresStores.onDatabase(database);

  private Account from;
  private Account to;
  private PostedTransfer old;
  private long batch;

  @Override
  protected Stores stores() {
    return stores;
  }

  @BeforeEach
  void write_a_ledger() {
    from = fundedAccount(EUR, 1000);
    to = openedAccount(EUR);
    post(NOW, transfer(from, to, 1));
    old = post(NOW, transfer(from, to, 100, new Reference("rent"))).getFirst();
    batch = stores.records().snapshot().head().number();
    post(NOW, transfer(to, from, 7), transfer(from, to, 8));
    assertThat(findings()).isEmpty();
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void names_an_old_entry_whose_amount_was_changed() {
    long entry = old.credit().id().value();
    execute("UPDATE entries SET amount = 99 WHERE id = " + entry);

    assertThat(findings())
        .containsExactlyInAnyOrder(
            new Finding.ChangedEntry(batch, entry),
            new Finding.WrongBalance(
                to.id().value(), BigInteger.valueOf(102), BigInteger.valueOf(101)),
            new Finding.BrokenBalances(to.id().value(), entry),
            new Finding.UnbalancedTransfer(old.transfer().id().value(), BigInteger.valueOf(-1)));
  }

  @Test
  void names_an_old_entry_that_was_changed_so_that_all_sums_agree() {
    long entry = old.credit().id().value();
    execute(
        "UPDATE entries SET created_at = created_at - interval '1 microsecond' WHERE id = "
            + entry);
    assertThat(findings()).contains(new Finding.ChangedEntry(batch, entry));

    execute("UPDATE entries SET created_at = 'infinity' WHERE id = " + entry);
    assertThat(findings()).contains(new Finding.ChangedEntry(batch, entry));
  }

  @Test
  void names_an_entry_that_was_removed() {
    long entry = old.debit().id().value();
    execute("DELETE FROM entries WHERE id = " + entry);

    assertThat(findings())
        .contains(
            new Finding.MissingEntry(batch, entry),
            new Finding.UnbalancedTransfer(old.transfer().id().value(), BigInteger.valueOf(100)));
  }

  @Test
  void names_a_transfer_that_was_removed_with_its_entries_and_balances() {
    long transfer = old.transfer().id().value();
    execute("DELETE FROM entries WHERE transfer_id = " + transfer);
    execute("DELETE FROM transfers WHERE id = " + transfer);
    execute("UPDATE accounts SET balance = balance + 100 WHERE id = " + from.id().value());
    execute("UPDATE accounts SET balance = balance - 100 WHERE id = " + to.id().value());

    assertThat(findings())
        .contains(
            new Finding.MissingTransfer(batch, transfer),
            new Finding.MissingEntry(batch, old.debit().id().value()),
            new Finding.MissingEntry(batch, old.credit().id().value()));
  }

  @Test
  void names_a_transfer_that_was_slipped_in_with_entries_and_balances_that_agree() {
    execute("UPDATE accounts SET balance = balance - 5 WHERE id = " + from.id().value());
    execute("UPDATE accounts SET balance = balance + 5 WHERE id = " + to.id().value());
    execute(
        "INSERT INTO transfers SELECT 9001, id, %d, 5, NULL, now() FROM accounts WHERE id = %d"
            .formatted(to.id().value(), from.id().value()));
    for (String side : List.of("9001, %d, 9001, -5", "9002, %d, 9001, 5")) {
      long account = (side.startsWith("9001") ? from : to).id().value();
      execute(
          "INSERT INTO entries SELECT %s, balance, now() FROM accounts WHERE id = %d"
              .formatted(side.formatted(account), account));
    }

    assertThat(findings())
        .containsExactlyInAnyOrder(
            new Finding.UnsealedTransfer(9001L),
            new Finding.UnsealedEntry(9001L),
            new Finding.UnsealedEntry(9002L));
  }

  @Test
  void names_a_transfer_with_another_reference_or_none() {
    long transfer = old.transfer().id().value();
    for (String reference : List.of("'loan'", "NULL")) {
      execute("UPDATE transfers SET reference = " + reference + " WHERE id = " + transfer);

      assertThat(findings()).containsExactly(new Finding.ChangedTransfer(batch, transfer));
    }
  }

  @Test
  void names_a_transfer_that_somebody_else_is_to_have_ordered() {
    long transfer = old.transfer().id().value();
    for (String change :
        List.of(
            "ordered_by = 'eve'",
            "session_id = gen_random_uuid()",
            "client_address = '192.0.2.9'",
            "request_id = 'another'",
            "idempotency_key = 'another'")) {
      String column = change.substring(0, change.indexOf(' '));
      String before = "(SELECT b." + column + " FROM before b WHERE b.id = transfers.id)";
      execute("CREATE TABLE before AS SELECT * FROM transfers");
      execute("UPDATE transfers SET " + change + " WHERE id = " + transfer);
      assertThat(findings())
          .as(change)
          .containsExactly(new Finding.ChangedTransfer(batch, transfer));

      execute("UPDATE transfers SET " + column + " = " + before);
      execute("DROP TABLE before");
      assertThat(findings()).isEmpty();
    }
  }

  @Test
  void names_a_pending_transfer_of_which_something_else_is_to_have_become() {
    Resolved pending = resolvedTransfers();
    for (String change :
        List.of(
            "outcome = CASE outcome WHEN 'voided' THEN 'expired' ELSE 'voided' END",
            "resolved_at = resolved_at + interval '1 microsecond'",
            "voided_by = 'eve'",
            "session_id = gen_random_uuid()",
            "client_address = '192.0.2.9'",
            "request_id = 'another'",
            "idempotency_key = 'another'")) {
      String column = change.substring(0, change.indexOf(' '));
      execute("CREATE TABLE before AS SELECT * FROM resolutions");
      execute("UPDATE resolutions SET " + change);
      assertThat(findings())
          .as(change)
          // One of those that were settled is to have been settled no longer.
          .filteredOn(finding -> !(finding instanceof Finding.WrongSettlement))
          .containsExactly(
              new Finding.ChangedResolution(batch + 1, pending.posted()),
              new Finding.ChangedResolution(batch + 2, pending.voided()),
              new Finding.ChangedResolution(batch + 3, pending.expired()));

      execute(
          ("UPDATE resolutions r SET %1$s = b.%1$s FROM before b"
                  + " WHERE b.pending_transfer_id = r.pending_transfer_id")
              .formatted(column));
      execute("DROP TABLE before");
      assertThat(findings()).isEmpty();
    }
  }

  @Test
  void names_a_pending_transfer_that_nobody_is_to_have_released() {
    Resolved pending = resolvedTransfers();
    execute("UPDATE resolutions SET voided_by = NULL");

    assertThat(findings())
        .containsExactly(new Finding.ChangedResolution(batch + 2, pending.voided()));
  }

  @Test
  void names_a_pending_transfer_of_which_nothing_is_to_have_become() {
    Resolved pending = resolvedTransfers();
    execute("DELETE FROM resolutions");
    execute(
        """
        INSERT INTO holds
          SELECT id, from_account_id, amount, expires_at FROM transfers WHERE expires_at IS NOT NULL
        """);
    execute("UPDATE accounts SET pending_debits = 30 WHERE id = " + from.id().value());

    assertThat(findings())
        .contains(
            new Finding.MissingResolution(batch + 1, pending.posted()),
            new Finding.MissingResolution(batch + 2, pending.voided()),
            new Finding.MissingResolution(batch + 3, pending.expired()));
  }

  @Test
  void names_a_pending_transfer_that_was_released_behind_the_banks_back() {
    Transfer pending = setAside(NOW, from, to, 10, Duration.ofDays(1));
    execute(
        "INSERT INTO resolutions VALUES (%d, 'voided', now(), 'eve')"
            .formatted(pending.id().value()));
    execute("DELETE FROM holds");
    execute("UPDATE accounts SET pending_debits = 0");

    assertThat(findings()).containsExactly(new Finding.UnsealedResolution(pending.id().value()));
  }

  @Test
  void names_a_transfer_for_which_something_else_is_set_aside_than_is_pending() {
    Transfer pending = setAside(NOW, from, to, 10, Duration.ofDays(1));
    Finding wrong = new Finding.WrongHold(pending.id().value());
    for (String change :
        List.of(
            "UPDATE holds SET account_id = " + to.id().value(),
            "UPDATE holds SET amount = 9",
            "UPDATE holds SET expires_at = 'infinity'",
            "DELETE FROM holds")) {
      execute("CREATE TABLE before AS SELECT * FROM holds");
      execute(change);
      assertThat(findings()).as(change).containsExactly(wrong);

      execute("DELETE FROM holds");
      execute("INSERT INTO holds SELECT * FROM before");
      execute("DROP TABLE before");
      assertThat(findings()).isEmpty();
    }

    execute(
        "INSERT INTO holds VALUES (%d, %d, 100, 'infinity')"
            .formatted(old.transfer().id().value(), from.id().value()));
    assertThat(findings()).containsExactly(new Finding.WrongHold(old.transfer().id().value()));
  }

  @Test
  void names_a_pending_transfer_that_is_not_settled_as_it_was_resolved() {
    Resolved pending = resolvedTransfers();
    String settling = " WHERE pending_transfer_id = " + pending.posted();
    Finding wrong = new Finding.WrongSettlement(pending.posted());
    execute("CREATE TABLE before AS SELECT * FROM transfers");
    for (String change :
        List.of(
            "amount = 11",
            "from_account_id = " + settlementAccount(EUR).value(),
            "to_account_id = " + settlementAccount(EUR).value(),
            "pending_transfer_id = NULL")) {
      execute("UPDATE transfers SET " + change + settling);
      assertThat(findings()).as(change).contains(wrong);

      execute("DELETE FROM transfers");
      execute("INSERT INTO transfers SELECT * FROM before");
      assertThat(findings()).isEmpty();
    }

    for (long other : List.of(pending.voided(), pending.expired(), old.transfer().id().value())) {
      execute("UPDATE transfers SET pending_transfer_id = " + other + settling);
      assertThat(findings()).contains(wrong, new Finding.WrongSettlement(other));

      execute("DELETE FROM transfers");
      execute("INSERT INTO transfers SELECT * FROM before");
    }

    execute("DROP INDEX transfers_settle_once");
    execute(
        "UPDATE transfers SET pending_transfer_id = "
            + pending.posted()
            + " WHERE id = "
            + old.transfer().id().value());
    assertThat(findings()).contains(wrong);
  }

  @Test
  void names_the_batch_when_the_chain_itself_is_changed() {
    execute("UPDATE batches SET created_at = now() WHERE number = " + batch);
    assertThat(findings()).containsExactly(new Finding.BrokenChain(batch));

    execute("DELETE FROM batches WHERE number = " + batch);
    assertThat(findings())
        .contains(
            new Finding.MissingBatches(batch, batch),
            new Finding.UnsealedTransfer(old.transfer().id().value()));
  }

  @Test
  void names_a_batch_whose_rows_are_no_longer_to_be_vouched_for() {
    execute(
        "UPDATE batches SET transfer_ids = '{}', entry_ids = '{}', resolution_ids = '{}', digests = '' WHERE number = "
            + batch);

    assertThat(findings())
        .contains(
            new Finding.BrokenChain(batch),
            new Finding.UnsealedTransfer(old.transfer().id().value()),
            new Finding.UnsealedEntry(old.debit().id().value()));
  }

  @Test
  void tells_of_a_tail_that_was_cut_off_by_what_it_left_behind_or_by_an_earlier_audit() {
    ChainHead noted = stores.records().snapshot().head();
    execute("DELETE FROM batches WHERE number > " + batch);
    assertThat(findings()).extracting(Finding::code).contains("unsealed_transfer");

    execute("DELETE FROM entries WHERE id > " + old.credit().id().value());
    execute("DELETE FROM transfers WHERE id > " + old.transfer().id().value());
    execute(
        "UPDATE accounts SET balance = (SELECT sum(amount) FROM entries WHERE account_id ="
            + " accounts.id)");
    assertThat(findings()).isEmpty();
    assertThat(findings(noted))
        .containsExactly(new Finding.UnknownHead(noted.number(), noted.hash()));
  }

  @Test
  void names_accounts_that_disagree() {
    execute("UPDATE accounts SET balance = balance + 1 WHERE id = " + to.id().value());
    assertThat(findings())
        .containsExactly(
            new Finding.WrongBalance(
                to.id().value(), BigInteger.valueOf(103), BigInteger.valueOf(102)),
            new Finding.UnbalancedCurrency("EUR", BigInteger.ONE));

    execute("UPDATE accounts SET pending_debits = 2 WHERE id = " + to.id().value());
    assertThat(findings())
        .contains(new Finding.WrongPendingDebits(to.id().value(), BigInteger.TWO, BigInteger.ZERO));

    execute("DELETE FROM accounts WHERE id = " + to.id().value());
    assertThat(findings()).contains(new Finding.MissingAccount(to.id().value()));
  }

  @Test
  void names_the_first_of_many_and_counts_all() {
    for (int i = 0; i < 3; i++) {
      post(NOW, Collections.nCopies(50, transfer(from, to, 1)).toArray(TransferOrder[]::new));
    }
    execute("TRUNCATE batches");

    Findings all = audit(null);

    assertThat(all.counts())
        .containsEntry("unsealed_transfer", 155L)
        .containsEntry("unsealed_entry", 310L)
        .containsEntry("missing_batches", 1L);
    assertThat(all.shown()).hasSize(2 * Findings.SHOWN + 1);
  }

  @Test
  void seals_what_was_there_before_the_chain() throws SQLException {
    String upgraded = TestDatabase.createDatabase();
    Flyway.configure()
        .dataSource(upgraded, TestDatabase.username(), TestDatabase.password())
        .target("6")
        .load()
        .migrate();
    execute(
        upgraded,
        """
        INSERT INTO users VALUES
          ('ada', 'depositor', 'A', 'ada@example.com', false, 'x', now(), now());
        INSERT INTO accounts (owner, currency, balance, pending_debits, overdraft_limit, status,
            created_at, last_posted_at)
          VALUES ('ada', 'EUR', 2500, 0, 0, 'open', now(), now()),
            (NULL, 'EUR', -2500, 0, 0, 'open', now(), now());
        INSERT INTO transfers (id, from_account_id, to_account_id, amount, reference, created_at)
          SELECT n, 2, 1, 1, CASE WHEN n % 2 = 0 THEN 'für ' || n END,
            timestamptz '2026-01-01 00:00:00.000001Z' + n * interval '1.000001 s'
          FROM generate_series(1, 2500) AS n;
        INSERT INTO entries (id, account_id, transfer_id, amount, balance_after, created_at)
          SELECT 2 * id - 1, 2, id, -1, -id, created_at FROM transfers
          UNION ALL SELECT 2 * id, 1, id, 1, id, created_at FROM transfers;
        INSERT INTO batches VALUES (gen_random_uuid(), now());
        SELECT setval('transfer_ids', 2500), setval('entry_ids', 5000);
        """);

    PostgresStores later = PostgresStores.onDatabase(upgraded);
    LedgerRecords records = later.records();

    assertThat(audit(records, null).shown()).isEmpty();
    assertThat(records.snapshot().head().number()).isEqualTo(3);
    execute(upgraded, "UPDATE transfers SET reference = 'x' WHERE id = 1001");
    execute(upgraded, "UPDATE entries SET created_at = now() WHERE id = 4242");
    assertThat(audit(records, null).shown())
        .contains(new Finding.ChangedTransfer(2L, 1001L), new Finding.ChangedEntry(3L, 4242L));
    later.close();
  }

  @Test
  void leaves_no_gap_between_many_threads_on_two_servers() throws Exception {
    PostgresStores[] servers = {stores, PostgresStores.onDatabase(database)};
    Account[] accounts = {from, to, fundedAccount(EUR, 500), fundedAccount(EUR, 500)};
    long before = stores.records().snapshot().head().number();
    AtomicInteger threads = new AtomicInteger();
    AtomicInteger written = new AtomicInteger();

    List<Boolean> clean =
        simultaneously(
            16,
            () -> {
              int number = threads.getAndIncrement();
              SplittableRandom random = new SplittableRandom(number);
              Stores server = servers[number % servers.length];
              for (int i = 0; i < 15; i++) {
                int payer = random.nextInt(accounts.length);
                int other = (payer + 1 + random.nextInt(accounts.length - 1)) % accounts.length;
                TransferOrder order = transfer(accounts[payer], accounts[other], 1);
                int transfers = 1 + random.nextInt(3);
                post(server, Collections.nCopies(transfers, order));
                written.incrementAndGet();
              }
              return audit(server.records(), null).isEmpty();
            });

    assertThat(clean).containsOnly(true);
    assertThat(findings()).isEmpty();
    assertThat(stores.records().snapshot().head().number()).isEqualTo(before + written.get());
    servers[1].close();
  }

  @Test
  void goes_on_without_a_server_that_is_not_heard_of_at_the_end_of_the_chain() throws Exception {
    Account other = fundedAccount(EUR, 10);
    Account another = openedAccount(EUR);
    CountDownLatch written = new CountDownLatch(1);
    CountDownLatch heardOf = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<?> silent =
          threads.submit(
              () ->
                  stores
                      .transactions()
                      .inTransaction(
                          () -> {
                            postWithin(NOW, transfer(from, to, 1));
                            written.countDown();
                            try {
                              return heardOf.await(1, TimeUnit.MINUTES);
                            } catch (InterruptedException e) {
                              throw new IllegalStateException(e);
                            }
                          }));
      assertThat(written.await(1, TimeUnit.MINUTES)).isTrue();

      post(NOW, transfer(other, another, 1));

      heardOf.countDown();
      assertThatThrownBy(() -> silent.get(1, TimeUnit.MINUTES))
          .isInstanceOf(ExecutionException.class);
    }
    assertThat(found(from.id()).balance().minorUnits()).isEqualTo(898);
    assertThat(findings()).isEmpty();
  }

  /** One pending transfer that was settled, one that was released, and one that has expired. */
  private Resolved resolvedTransfers() {
    Instant start = found(from.id()).lastPostedAt();
    Transfer posted = setAside(start, from, to, 10, Duration.ofDays(1));
    Transfer voided = setAside(start, from, to, 10, Duration.ofDays(1));
    Transfer expired = setAside(start, from, to, 10, Duration.ofSeconds(1));
    batch = stores.records().snapshot().head().number();
    assertThat(settle(start, posted, 5)).isInstanceOf(TransferOutcome.Posted.class);
    assertThat(
            release(
                start,
                voided,
                new Caller(
                    new Username("banker"), Role.BANKER, UUID.randomUUID(), "192.0.2.1", "r-1"),
                new IdempotencyKey("k-1")))
        .isInstanceOf(TransferOutcome.Voided.class);
    assertThat(touch(start.plusSeconds(1), List.of(from.id()))).hasSize(1);
    assertThat(findings()).isEmpty();
    return new Resolved(posted.id().value(), voided.id().value(), expired.id().value());
  }

  private record Resolved(long posted, long voided, long expired) {}

  private static void post(Stores server, List<TransferOrder> orders) {
    BatchKey key = BatchKey.random();
    int posted =
        server
            .transactions()
            .inTransaction(
                () -> {
                  Ledger ledger = server.ledger();
                  List<AccountId> touched =
                      List.of(orders.getFirst().from(), orders.getFirst().to());
                  LedgerBatch batch =
                      ledger.open(key, Inquiry.of(orders.size(), touched, NOW)).batch(NOW);
                  orders.forEach(batch::post);
                  ledger.write(key, batch, List.of());
                  return batch.postings().size();
                });
    assertThat(posted).isEqualTo(orders.size());
  }

  private List<Finding> findings() {
    return audit(null).shown();
  }

  private List<Finding> findings(ChainHead expected) {
    return audit(expected).shown();
  }

  private Findings audit(@Nullable ChainHead expected) {
    return audit(stores.records(), expected);
  }

  private static Findings audit(LedgerRecords records, @Nullable ChainHead expected) {
    return LedgerRecordsContract.audit(records, expected);
  }

  /** As a superuser for whom no trigger and no foreign key counts. */
  private void execute(String sql) {
    try {
      execute(database, sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private static void execute(String database, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                database, TestDatabase.username(), TestDatabase.password());
        Statement statement = connection.createStatement()) {
      statement.execute("SET session_replication_role = replica");
      statement.execute(sql);
    }
  }
}
