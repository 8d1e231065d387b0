package io.simplebank.adapter.persistence.transfer;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.simplebank.adapter.persistence.Columns;
import io.simplebank.adapter.persistence.account.AccountLocks;
import io.simplebank.adapter.persistence.idempotency.AnswerReader;
import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.audit.BatchContent;
import io.simplebank.domain.audit.Orderer;
import io.simplebank.domain.audit.Seal;
import io.simplebank.domain.idempotency.BatchKey;
import io.simplebank.domain.idempotency.RememberedAnswer;
import io.simplebank.domain.idempotency.ScopedKey;
import io.simplebank.domain.port.out.Ledger;
import io.simplebank.domain.transfer.Entry;
import io.simplebank.domain.transfer.HeldOrder;
import io.simplebank.domain.transfer.LedgerBatch;
import io.simplebank.domain.transfer.Numbering;
import io.simplebank.domain.transfer.PostedOrder;
import io.simplebank.domain.transfer.Resolution;
import io.simplebank.domain.transfer.Transfer;
import io.simplebank.domain.transfer.TransferId;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The ledger in two round trips, whatever the size of the batch: open and write. What a batch does
 * not need is not asked, because of a small one each command costs as much as what it does.
 */
@Singleton
final class PostgresLedger implements Ledger {
  /**
   * Plans are made once for each connection, and not for each batch anew: for a small one that
   * costs more than all the rest. And they read no table as a whole, which would seem quick while
   * it is small. Holds until the transaction ends, for what is written too.
   */
  private static final String PLAN_ONCE =
      """
      SELECT set_config('plan_cache_mode', 'force_generic_plan', true),
             set_config('enable_seqscan', 'off', true)
      """;

  private static final String NUMBERS =
      """
      SELECT ARRAY(SELECT nextval('transfer_ids') FROM generate_series(1, ?)),
             ARRAY(SELECT nextval('entry_ids') FROM generate_series(1, ?)),
             EXISTS (SELECT 1 FROM batches WHERE key = ?)
      """;

  private static final String REMEMBERED =
      "SELECT "
          + AnswerReader.COLUMNS
          + """
           FROM unnest(?::text[], ?::text[], ?::text[]) AS asked (username, key, operation)
          JOIN answers USING (username, key, operation)
          """;

  private static final String REVERSED =
      """
      SELECT reverses_transfer_id, sum(amount)::bigint
        FROM transfers WHERE reverses_transfer_id = ANY (?::bigint[])
        GROUP BY reverses_transfer_id
      """;

  private static final String PENDINGS =
      TransferRows.SELECT
          + """
          WHERE t.expires_at IS NOT NULL AND t.id = ANY (?::bigint[] || ARRAY(
            SELECT transfer_id FROM holds WHERE account_id = ANY (?::bigint[]) AND expires_at <= ?))
          """;

  private static final String TRANSFERS =
      """
      INSERT INTO transfers (id, from_account_id, to_account_id, amount, reference, created_at,
          reverses_transfer_id, ordered_by, session_id, client_address, request_id,
          idempotency_key, pending_transfer_id, expires_at)
        SELECT id, from_id, to_id, amount, reference, at, reverses, ordered_by, session_id,
          client_address, request_id, idempotency_key, settles, expires_at
        FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[],
          ?::timestamptz[], ?::bigint[], ?::text[], ?::uuid[], ?::text[], ?::text[], ?::text[],
          ?::bigint[], ?::timestamptz[])
          AS new (id, from_id, to_id, amount, reference, at, reverses, ordered_by, session_id,
            client_address, request_id, idempotency_key, settles, expires_at)
      """;

  private static final String HOLDS =
      """
      INSERT INTO holds (transfer_id, account_id, amount, expires_at)
        SELECT transfer_id, account_id, amount, expires_at
        FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::timestamptz[])
          AS new (transfer_id, account_id, amount, expires_at)
      """;

  private static final String RESOLUTIONS =
      """
      WITH resolved AS (
        INSERT INTO resolutions (pending_transfer_id, outcome, resolved_at, voided_by, session_id,
            client_address, request_id, idempotency_key)
          SELECT transfer_id, outcome, at, voided_by, session_id, client_address, request_id,
            idempotency_key
          FROM unnest(?::bigint[], ?::text[], ?::timestamptz[], ?::text[], ?::uuid[], ?::text[],
            ?::text[], ?::text[])
            AS new (transfer_id, outcome, at, voided_by, session_id, client_address, request_id,
              idempotency_key)
          RETURNING pending_transfer_id)
        DELETE FROM holds USING resolved WHERE transfer_id = pending_transfer_id
      """;

  private static final String ENTRIES =
      """
      INSERT INTO entries (id, account_id, transfer_id, amount, balance_after, created_at)
        SELECT id, account_id, transfer_id, amount, balance_after, at
        FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
          ?::timestamptz[]) AS new (id, account_id, transfer_id, amount, balance_after, at)
      """;

  private static final String BALANCES =
      """
      UPDATE accounts SET balance = new.balance, pending_debits = new.pending_debits,
          last_posted_at = new.at, spent_on = new.spent_on,
          spent_that_day = new.spent_that_day, spent_that_month = new.spent_that_month
        FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::timestamptz[], ?::date[],
          ?::bigint[], ?::bigint[])
          AS new (id, balance, pending_debits, at, spent_on, spent_that_day, spent_that_month)
        WHERE accounts.id = new.id
      """;

  private static final String ANSWERS =
      """
      INSERT INTO answers (username, key, operation, request_sha256, status, body, created_at)
        SELECT username, key, operation, request_sha256, status, body, at
        FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::integer[], ?::text[],
          ?::timestamptz[]) AS new (username, key, operation, request_sha256, status, body, at)
        ORDER BY username, key, operation
        ON CONFLICT DO NOTHING
      """;

  /**
   * By this number a transaction asks to be the next in the chain of batches. It is the last lock
   * that any transaction takes, so nobody who holds it waits for another. A row for the end of the
   * chain would be rewritten with each batch, and would become slow while an audit still sees every
   * version of it.
   *
   * <p>As long as a server has it, all others wait: so the database ends the transaction of one
   * that is not heard of.
   */
  private static final String END_OF_CHAIN =
      """
      SELECT pg_advisory_xact_lock(%d),
        set_config('idle_in_transaction_session_timeout', '5s', true)
      """
          .formatted(0x62616e6b_6c656467L);

  private static final String LINK =
      """
      INSERT INTO batches (number, key, created_at, transfer_ids, entry_ids, resolution_ids,
          digests, hash)
        SELECT number + 1, ?, ?, ?::bigint[], ?::bigint[], ?::bigint[], ?,
          sha256(hash || int8send(number + 1) || ?)
        FROM (SELECT number, hash FROM batches ORDER BY number DESC LIMIT 1) AS last
        ON CONFLICT DO NOTHING
      """;

  /** PostgreSQL's own code for work that may succeed when it is done again from the start. */
  private static final String SERIALIZATION_FAILURE = "40001";

  private final AnswerReader answerReader;
  private final JdbcOperations jdbc;

  PostgresLedger(AnswerReader answerReader, JdbcOperations jdbc) {
    this.answerReader = answerReader;
    this.jdbc = jdbc;
  }

  @Override
  public Opening open(BatchKey batch, Inquiry inquiry) {
    Script script = new Script();
    script.run(PLAN_ONCE);
    Supplier<List<Account>> locked =
        script.query(
            AccountLocks.LOCK,
            columns -> columns.longs(inquiry.accounts(), AccountId::value),
            AccountLocks::locked);
    Supplier<Numbers> numbers =
        script.query(
            NUMBERS,
            columns -> {
              columns.value(inquiry.transfers());
              columns.value(2 * inquiry.transfers());
              columns.value(batch.value());
            },
            PostgresLedger::numbers);
    List<ScopedKey> keys = inquiry.keys().stream().distinct().toList();
    Supplier<Map<ScopedKey, RememberedAnswer>> remembered =
        keys.isEmpty()
            ? Map::of
            : script.query(
                REMEMBERED,
                columns -> {
                  columns.texts(keys, key -> key.user().value());
                  columns.texts(keys, key -> key.key().value());
                  columns.texts(keys, key -> key.operation().code());
                },
                answerReader::read);
    Supplier<Map<TransferId, Long>> reversed =
        inquiry.originals().isEmpty()
            ? Map::of
            : script.query(
                REVERSED,
                columns -> columns.longs(inquiry.originals(), TransferId::value),
                PostgresLedger::reversed);
    Supplier<List<Transfer>> pendings =
        script.query(
            PENDINGS,
            columns -> {
              columns.longs(inquiry.originals(), TransferId::value);
              columns.longs(inquiry.accounts(), AccountId::value);
              columns.value(OffsetDateTime.ofInstant(inquiry.horizon(), ZoneOffset.UTC));
            },
            this::pendings);
    script.send(jdbc);
    return new Opening(
        locked.get(),
        numbers.get().numbering,
        numbers.get().written,
        remembered.get(),
        reversed.get(),
        pendings.get());
  }

  private record Numbers(Numbering numbering, boolean written) {}

  private static Numbers numbers(ResultSet row) throws SQLException {
    row.next();
    return new Numbers(
        new Numbering(longs(row.getArray(1)), longs(row.getArray(2))), row.getBoolean(3));
  }

  private static Map<TransferId, Long> reversed(ResultSet rows) throws SQLException {
    Map<TransferId, Long> reversed = new HashMap<>();
    while (rows.next()) {
      reversed.put(new TransferId(rows.getLong(1)), rows.getLong(2));
    }
    return reversed;
  }

  private List<Transfer> pendings(ResultSet rows) {
    try (Stream<TransferRow> transfers = jdbc.entityStream(rows, TransferRow.class)) {
      return transfers.map(TransferRow::toTransfer).toList();
    }
  }

  @Override
  public void write(BatchKey key, LedgerBatch batch, Collection<RememberedAnswer> newAnswers) {
    Script script = new Script();
    addTransfers(script, batch);
    addPendings(script, batch);
    addEntries(script, batch);
    addBalances(script, batch.changedAccounts());
    addAnswers(script, List.copyOf(newAnswers));
    // Last, and what can be computed before is: from here to the commit no other server writes.
    script.run(END_OF_CHAIN);
    addLink(script, BatchContent.of(key, batch));
    script.send(jdbc);
  }

  private static void addTransfers(Script script, LedgerBatch batch) {
    List<Transfer> transfers = new ArrayList<>();
    List<Orderer> orderers = new ArrayList<>();
    for (PostedOrder order : batch.orders()) {
      transfers.add(order.posting().transfer());
      orderers.add(Orderer.of(order));
    }
    for (HeldOrder order : batch.heldOrders()) {
      transfers.add(order.pending());
      orderers.add(Orderer.of(order));
    }
    addRows(
        script,
        TRANSFERS,
        transfers,
        columns -> {
          columns.longs(transfers, transfer -> transfer.id().value());
          columns.longs(transfers, transfer -> transfer.from().value());
          columns.longs(transfers, transfer -> transfer.to().value());
          columns.longs(transfers, transfer -> transfer.amount().minorUnits());
          columns.texts(
              transfers,
              transfer -> transfer.reference() == null ? null : transfer.reference().text());
          columns.times(transfers, Transfer::createdAt);
          columns.longs(
              transfers,
              transfer -> transfer.reverses() == null ? null : transfer.reverses().value());
          addOrderers(columns, orderers);
          columns.longs(
              transfers,
              transfer -> transfer.settles() == null ? null : transfer.settles().value());
          columns.times(transfers, Transfer::expiresAt);
        });
  }

  private static void addPendings(Script script, LedgerBatch batch) {
    List<Transfer> pendings = batch.heldOrders().stream().map(HeldOrder::pending).toList();
    addRows(
        script,
        HOLDS,
        pendings,
        columns -> {
          columns.longs(pendings, pending -> pending.id().value());
          columns.longs(pendings, pending -> pending.from().value());
          columns.longs(pendings, pending -> pending.amount().minorUnits());
          columns.times(pendings, Transfer::expiresAt);
        });
    List<Resolution> resolutions = batch.resolutions();
    addRows(
        script,
        RESOLUTIONS,
        resolutions,
        columns -> {
          columns.longs(resolutions, resolution -> resolution.pending().value());
          columns.texts(resolutions, resolution -> resolution.outcome().code());
          columns.times(resolutions, Resolution::at);
          addOrderers(columns, resolutions.stream().map(Orderer::of).toList());
        });
  }

  private static void addOrderers(Columns columns, List<Orderer> orderers) throws SQLException {
    columns.texts(orderers, Orderer::username);
    columns.uuids(orderers, Orderer::session);
    columns.texts(orderers, Orderer::address);
    columns.texts(orderers, Orderer::requestId);
    columns.texts(orderers, Orderer::key);
  }

  private static void addEntries(Script script, LedgerBatch batch) {
    List<Entry> entries = new ArrayList<>();
    for (PostedOrder order : batch.orders()) {
      entries.add(order.posting().debit());
      entries.add(order.posting().credit());
    }
    addRows(
        script,
        ENTRIES,
        entries,
        columns -> {
          columns.longs(entries, entry -> entry.id().value());
          columns.longs(entries, entry -> entry.account().value());
          columns.longs(entries, entry -> entry.transfer().value());
          columns.longs(entries, entry -> entry.amount().minorUnits());
          columns.longs(entries, entry -> entry.balanceAfter().minorUnits());
          columns.times(entries, Entry::createdAt);
        });
  }

  private static void addBalances(Script script, List<Account> changed) {
    addRows(
        script,
        BALANCES,
        changed,
        columns -> {
          columns.longs(changed, account -> account.id().value());
          columns.longs(changed, account -> account.balance().minorUnits());
          columns.longs(changed, account -> account.pendingDebits().minorUnits());
          columns.times(changed, Account::lastPostedAt);
          columns.dates(changed, account -> account.spending().day());
          columns.longs(changed, account -> account.spending().thatDay().minorUnits());
          columns.longs(changed, account -> account.spending().thatMonth().minorUnits());
        });
  }

  private static void addAnswers(Script script, List<RememberedAnswer> answers) {
    if (answers.isEmpty()) {
      return;
    }
    script.add(
        ANSWERS,
        columns -> {
          columns.texts(answers, answer -> answer.key().user().value());
          columns.texts(answers, answer -> answer.key().key().value());
          columns.texts(answers, answer -> answer.key().operation().code());
          columns.texts(answers, answer -> answer.request().sha256());
          columns.integers(answers, answer -> answer.answer().status());
          columns.texts(answers, answer -> answer.answer().body());
          columns.times(answers, RememberedAnswer::at);
        },
        statement -> requireToBeFirst(statement, answers.size()));
  }

  private static void addLink(Script script, BatchContent content) {
    byte[] digests = digests(content);
    byte[] digest = content.digest().bytes();
    script.add(
        LINK,
        columns -> {
          columns.value(content.key());
          columns.value(OffsetDateTime.ofInstant(content.writtenAt(), ZoneOffset.UTC));
          columns.longs(content.transfers(), Seal::id);
          columns.longs(content.entries(), Seal::id);
          columns.longs(content.resolutions(), Seal::id);
          columns.value(digests);
          columns.value(digest);
        },
        statement -> requireToBeFirst(statement, 1));
  }

  /** A command that writes all of these rows. */
  private static void addRows(
      Script script, String command, List<?> rows, Script.Parameters parameters) {
    if (!rows.isEmpty()) {
      script.add(command, parameters, statement -> requireCount(statement, rows.size()));
    }
  }

  private static byte[] digests(BatchContent content) {
    ByteArrayOutputStream digests = new ByteArrayOutputStream();
    Stream.of(content.transfers(), content.entries(), content.resolutions())
        .flatMap(List::stream)
        .forEach(seal -> digests.writeBytes(seal.digest().bytes()));
    return digests.toByteArray();
  }

  /**
   * Of two transactions with one key the later has waited for the earlier, if that was not over
   * yet. It is run again and will see what the earlier one has written.
   */
  private static void requireToBeFirst(PreparedStatement statement, int expected)
      throws SQLException {
    if (statement.getUpdateCount() != expected) {
      throw new SQLTransactionRollbackException(
          "another transaction with the same key came first", SERIALIZATION_FAILURE);
    }
  }

  private static void requireCount(PreparedStatement statement, int expected) throws SQLException {
    int written = statement.getUpdateCount();
    if (written != expected) {
      throw new IllegalStateException(
          "the database has written " + written + " rows instead of " + expected);
    }
  }

  private static Iterator<Long> longs(Array array) throws SQLException {
    return Arrays.asList((Long[]) array.getArray()).iterator();
  }
}
