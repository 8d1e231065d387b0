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
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The ledger in two statements, whatever the size of the batch: open and write. Both have several
 * commands, which the driver sends in one round trip. Each command sees what was committed before
 * it began: those after the lock see what is there under the lock.
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
             set_config('enable_seqscan', 'off', true);
      """;

  private static final String OPEN =
      PLAN_ONCE
          + AccountLocks.LOCK
          + """
          ;
          SELECT ARRAY(SELECT nextval('transfer_ids') FROM generate_series(1, ?)),
                 ARRAY(SELECT nextval('entry_ids') FROM generate_series(1, ?)),
                 EXISTS (SELECT 1 FROM batches WHERE key = ?);
          SELECT
          """
          + AnswerReader.COLUMNS
          + """
            FROM unnest(?::text[], ?::text[], ?::text[]) AS asked (username, key, operation)
            JOIN answers USING (username, key, operation);
          SELECT reverses_transfer_id, sum(amount)::bigint
            FROM transfers WHERE reverses_transfer_id = ANY (?::bigint[])
            GROUP BY reverses_transfer_id;
          """
          + TransferRows.SELECT
          + """
          WHERE t.expires_at IS NOT NULL AND t.id = ANY (?::bigint[] || ARRAY(
            SELECT transfer_id FROM holds WHERE account_id = ANY (?::bigint[]) AND expires_at <= ?))
          """;

  /**
   * By this number a transaction asks to be the next in the chain of batches. It is the last lock
   * that any transaction takes, so nobody who holds it waits for another. A row for the end of the
   * chain would be rewritten with each batch, and would become slow while an audit still sees every
   * version of it.
   */
  private static final long END_OF_CHAIN = 0x62616e6b_6c656467L;

  /**
   * The chain comes last, and what can be computed before is. As long as a server has its end, all
   * others wait: so the database ends the transaction of one that is not heard of.
   */
  private static final String WRITE =
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
            client_address, request_id, idempotency_key, settles, expires_at);
      INSERT INTO holds (transfer_id, account_id, amount, expires_at)
        SELECT transfer_id, account_id, amount, expires_at
        FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::timestamptz[])
          AS new (transfer_id, account_id, amount, expires_at);
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
        DELETE FROM holds USING resolved WHERE transfer_id = pending_transfer_id;
      INSERT INTO entries (id, account_id, transfer_id, amount, balance_after, created_at)
        SELECT id, account_id, transfer_id, amount, balance_after, at
        FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
          ?::timestamptz[]) AS new (id, account_id, transfer_id, amount, balance_after, at);
      UPDATE accounts SET balance = new.balance, pending_debits = new.pending_debits,
          last_posted_at = new.at, spent_on = new.spent_on,
          spent_that_day = new.spent_that_day, spent_that_month = new.spent_that_month
        FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::timestamptz[], ?::date[],
          ?::bigint[], ?::bigint[])
          AS new (id, balance, pending_debits, at, spent_on, spent_that_day, spent_that_month)
        WHERE accounts.id = new.id;
      INSERT INTO answers (username, key, operation, request_sha256, status, body, created_at)
        SELECT username, key, operation, request_sha256, status, body, at
        FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::integer[], ?::text[],
          ?::timestamptz[]) AS new (username, key, operation, request_sha256, status, body, at)
        ORDER BY username, key, operation
        ON CONFLICT DO NOTHING;
      SELECT pg_advisory_xact_lock(%d),
        set_config('idle_in_transaction_session_timeout', '5s', true);
      INSERT INTO batches (number, key, created_at, transfer_ids, entry_ids, resolution_ids,
          digests, hash)
        SELECT number + 1, ?, ?, ?::bigint[], ?::bigint[], ?::bigint[], ?,
          sha256(hash || int8send(number + 1) || ?)
        FROM (SELECT number, hash FROM batches ORDER BY number DESC LIMIT 1) AS last
        ON CONFLICT DO NOTHING
      """
          .formatted(END_OF_CHAIN);

  /** PostgreSQL's own code for work that may succeed when it is done again from the start. */
  private static final String SERIALIZATION_FAILURE = "40001";

  private final AccountLocks accounts;
  private final AnswerReader answerReader;
  private final JdbcOperations jdbc;

  PostgresLedger(AccountLocks accounts, AnswerReader answerReader, JdbcOperations jdbc) {
    this.accounts = accounts;
    this.answerReader = answerReader;
    this.jdbc = jdbc;
  }

  @Override
  public Opening open(BatchKey batch, Inquiry inquiry) {
    List<ScopedKey> asked = inquiry.keys().stream().distinct().toList();
    return jdbc.prepareStatement(
        OPEN,
        statement -> {
          Columns columns = new Columns(statement);
          columns.longs(inquiry.accounts(), AccountId::value);
          columns.value(inquiry.transfers());
          columns.value(2 * inquiry.transfers());
          columns.value(batch.value());
          columns.texts(asked, key -> key.user().value());
          columns.texts(asked, key -> key.key().value());
          columns.texts(asked, key -> key.operation().code());
          columns.longs(inquiry.originals(), TransferId::value);
          columns.longs(inquiry.originals(), TransferId::value);
          columns.longs(inquiry.accounts(), AccountId::value);
          columns.value(OffsetDateTime.ofInstant(inquiry.horizon(), ZoneOffset.UTC));
          statement.execute();
          statement.getMoreResults(); // How to plan.
          List<Account> locked = accounts.locked(statement.getResultSet());
          statement.getMoreResults();
          Numbering numbering;
          boolean written;
          try (ResultSet row = statement.getResultSet()) {
            row.next();
            numbering = new Numbering(longs(row.getArray(1)), longs(row.getArray(2)));
            written = row.getBoolean(3);
          }
          statement.getMoreResults();
          Map<ScopedKey, RememberedAnswer> remembered;
          try (ResultSet rows = statement.getResultSet()) {
            remembered = answerReader.read(rows);
          }
          statement.getMoreResults();
          Map<TransferId, Long> reversed = new HashMap<>();
          try (ResultSet rows = statement.getResultSet()) {
            while (rows.next()) {
              reversed.put(new TransferId(rows.getLong(1)), rows.getLong(2));
            }
          }
          statement.getMoreResults();
          List<Transfer> pendings;
          try (ResultSet rows = statement.getResultSet();
              Stream<TransferRow> transfers = jdbc.entityStream(rows, TransferRow.class)) {
            pendings = transfers.map(TransferRow::toTransfer).toList();
          }
          return new Opening(locked, numbering, written, remembered, reversed, pendings);
        });
  }

  @Override
  public void write(BatchKey key, LedgerBatch batch, Collection<RememberedAnswer> newAnswers) {
    List<RememberedAnswer> answers = List.copyOf(newAnswers);
    List<PostedOrder> orders = batch.orders();
    List<HeldOrder> heldOrders = batch.heldOrders();
    List<Transfer> pendings = heldOrders.stream().map(HeldOrder::pending).toList();
    List<Transfer> transfers =
        Stream.concat(orders.stream().map(order -> order.posting().transfer()), pendings.stream())
            .toList();
    List<Resolution> resolutions = batch.resolutions();
    List<Entry> entries =
        orders.stream()
            .map(PostedOrder::posting)
            .flatMap(posting -> Stream.of(posting.debit(), posting.credit()))
            .toList();
    List<Account> changed = batch.changedAccounts();
    BatchContent content = BatchContent.of(key, batch);
    List<Orderer> orderers =
        Stream.concat(orders.stream().map(Orderer::of), heldOrders.stream().map(Orderer::of))
            .toList();
    List<Orderer> releasers = resolutions.stream().map(Orderer::of).toList();
    jdbc.prepareStatement(
        WRITE,
        statement -> {
          Columns columns = new Columns(statement);
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
          columns.texts(orderers, Orderer::username);
          columns.uuids(orderers, Orderer::session);
          columns.texts(orderers, Orderer::address);
          columns.texts(orderers, Orderer::requestId);
          columns.texts(orderers, Orderer::key);
          columns.longs(
              transfers,
              transfer -> transfer.settles() == null ? null : transfer.settles().value());
          columns.times(transfers, Transfer::expiresAt);
          columns.longs(pendings, pending -> pending.id().value());
          columns.longs(pendings, pending -> pending.from().value());
          columns.longs(pendings, pending -> pending.amount().minorUnits());
          columns.times(pendings, Transfer::expiresAt);
          columns.longs(resolutions, resolution -> resolution.pending().value());
          columns.texts(resolutions, resolution -> resolution.outcome().code());
          columns.times(resolutions, Resolution::at);
          columns.texts(releasers, Orderer::username);
          columns.uuids(releasers, Orderer::session);
          columns.texts(releasers, Orderer::address);
          columns.texts(releasers, Orderer::requestId);
          columns.texts(releasers, Orderer::key);
          columns.longs(entries, entry -> entry.id().value());
          columns.longs(entries, entry -> entry.account().value());
          columns.longs(entries, entry -> entry.transfer().value());
          columns.longs(entries, entry -> entry.amount().minorUnits());
          columns.longs(entries, entry -> entry.balanceAfter().minorUnits());
          columns.times(entries, Entry::createdAt);
          columns.longs(changed, account -> account.id().value());
          columns.longs(changed, account -> account.balance().minorUnits());
          columns.longs(changed, account -> account.pendingDebits().minorUnits());
          columns.times(changed, Account::lastPostedAt);
          columns.dates(changed, account -> account.spending().day());
          columns.longs(changed, account -> account.spending().thatDay().minorUnits());
          columns.longs(changed, account -> account.spending().thatMonth().minorUnits());
          columns.texts(answers, answer -> answer.key().user().value());
          columns.texts(answers, answer -> answer.key().key().value());
          columns.texts(answers, answer -> answer.key().operation().code());
          columns.texts(answers, answer -> answer.request().sha256());
          columns.integers(answers, answer -> answer.answer().status());
          columns.texts(answers, answer -> answer.answer().body());
          columns.times(answers, RememberedAnswer::at);
          columns.value(content.key());
          columns.value(OffsetDateTime.ofInstant(content.writtenAt(), ZoneOffset.UTC));
          columns.longs(content.transfers(), Seal::id);
          columns.longs(content.entries(), Seal::id);
          columns.longs(content.resolutions(), Seal::id);
          columns.value(digests(content));
          columns.value(content.digest().bytes());
          statement.execute();
          requireCount(statement, transfers.size());
          statement.getMoreResults();
          requireCount(statement, pendings.size());
          statement.getMoreResults();
          requireCount(statement, resolutions.size());
          statement.getMoreResults();
          requireCount(statement, entries.size());
          statement.getMoreResults();
          requireCount(statement, changed.size());
          statement.getMoreResults();
          requireToBeFirst(statement, answers.size());
          statement.getMoreResults(); // The lock.
          statement.getMoreResults();
          requireToBeFirst(statement, 1);
          return null;
        });
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
