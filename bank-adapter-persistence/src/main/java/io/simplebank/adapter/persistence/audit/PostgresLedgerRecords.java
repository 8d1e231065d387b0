package io.simplebank.adapter.persistence.audit;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.simplebank.adapter.persistence.Columns;
import io.simplebank.domain.audit.BatchContent;
import io.simplebank.domain.audit.BatchOnRecord;
import io.simplebank.domain.audit.ChainHead;
import io.simplebank.domain.audit.CurrencyFigures;
import io.simplebank.domain.audit.Digest;
import io.simplebank.domain.audit.EntryOnRecord;
import io.simplebank.domain.audit.Finding;
import io.simplebank.domain.audit.Findings;
import io.simplebank.domain.audit.LedgerSnapshot;
import io.simplebank.domain.audit.Orderer;
import io.simplebank.domain.audit.ResolutionOnRecord;
import io.simplebank.domain.audit.Seal;
import io.simplebank.domain.audit.SealedBatch;
import io.simplebank.domain.audit.TransferOnRecord;
import io.simplebank.domain.port.out.LedgerRecords;
import io.simplebank.domain.port.out.Transactions;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

@Singleton
final class PostgresLedgerRecords implements LedgerRecords {
  /** So many rows of batches are read at a time, or one batch. */
  private static final int PAGE = 5000;

  private static final String ONE_MOMENT =
      "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

  private static final String HEAD =
      "SELECT number, hash FROM batches ORDER BY number DESC LIMIT 1";

  private static final String FIGURES =
      """
      SELECT currency, count(*) AS accounts, sum(transfers) AS transfers, sum(entries) AS entries,
          coalesce(sum(balance) FILTER (WHERE owner IS NOT NULL), 0) AS customers,
          coalesce(sum(balance) FILTER (WHERE owner IS NULL), 0) AS settlement,
          sum(pending_debits) AS pending_debits
        FROM accounts
          LEFT JOIN (SELECT from_account_id, count(*) AS transfers
            FROM transfers GROUP BY from_account_id) AS paid ON from_account_id = id
          LEFT JOIN (SELECT account_id, count(*) AS entries
            FROM entries GROUP BY account_id) AS entered ON account_id = id
        GROUP BY currency
        ORDER BY currency
      """;

  private static final String WRONG_BALANCES =
      """
      SELECT id, balance, coalesce(entered, 0) AS entered, count(*) OVER () AS found
        FROM accounts
          LEFT JOIN (SELECT account_id, sum(amount) AS entered
            FROM entries GROUP BY account_id) AS sums ON account_id = id
        WHERE balance <> coalesce(entered, 0)
        ORDER BY id LIMIT ?
      """;

  private static final String MISSING_ACCOUNTS =
      """
      SELECT account_id, count(*) OVER () AS found
        FROM (SELECT DISTINCT account_id FROM entries) AS entered
        WHERE NOT EXISTS (SELECT FROM accounts WHERE id = account_id)
        ORDER BY account_id LIMIT ?
      """;

  private static final String BROKEN_BALANCES =
      """
      SELECT account_id, id, count(*) OVER () AS found
        FROM (SELECT account_id, id, amount::numeric, balance_after,
            lag(balance_after, 1, 0::bigint) OVER (
              PARTITION BY account_id ORDER BY created_at, id) AS before
          FROM entries) AS steps
        WHERE balance_after <> before + amount
        ORDER BY account_id, id LIMIT ?
      """;

  private static final String WRONG_PENDING_DEBITS =
      """
      SELECT id, pending_debits, coalesce(set_aside, 0) AS set_aside, count(*) OVER () AS found
        FROM accounts
          LEFT JOIN (SELECT from_account_id, sum(amount) AS set_aside
            FROM transfers
            WHERE expires_at IS NOT NULL
              AND NOT EXISTS (SELECT FROM resolutions WHERE pending_transfer_id = transfers.id)
            GROUP BY from_account_id) AS pending ON from_account_id = id
        WHERE pending_debits <> coalesce(set_aside, 0)
        ORDER BY id LIMIT ?
      """;

  private static final String WRONG_HOLDS =
      """
      SELECT coalesce(id, transfer_id) AS transfer, count(*) OVER () AS found
        FROM (SELECT id, from_account_id, amount, expires_at FROM transfers
            WHERE expires_at IS NOT NULL
              AND NOT EXISTS (SELECT FROM resolutions WHERE pending_transfer_id = transfers.id))
            AS pending
          FULL JOIN holds ON transfer_id = id
        WHERE (from_account_id, pending.amount, pending.expires_at)
          IS DISTINCT FROM (account_id, holds.amount, holds.expires_at)
        ORDER BY transfer LIMIT ?
      """;

  private static final String WRONG_SETTLEMENTS =
      """
      SELECT transfer, count(*) OVER () AS found
        FROM (SELECT pending_transfer_id AS transfer FROM resolutions WHERE outcome = 'posted'
          UNION SELECT pending_transfer_id FROM transfers WHERE pending_transfer_id IS NOT NULL)
          AS settled
        WHERE 1 <> (SELECT count(*) FROM transfers WHERE pending_transfer_id = transfer)
          OR NOT EXISTS (
            SELECT FROM transfers AS pending
                JOIN transfers AS settling ON settling.pending_transfer_id = pending.id
                JOIN resolutions ON resolutions.pending_transfer_id = pending.id
              WHERE pending.id = transfer AND pending.expires_at IS NOT NULL
                AND outcome = 'posted'
                AND settling.from_account_id = pending.from_account_id
                AND settling.to_account_id = pending.to_account_id
                AND settling.amount <= pending.amount)
        ORDER BY transfer LIMIT ?
      """;

  private static final String UNBALANCED_TRANSFERS =
      """
      SELECT transfer_id, sum(amount) AS sum, count(*) OVER () AS found
        FROM entries GROUP BY transfer_id HAVING sum(amount) <> 0
        ORDER BY transfer_id LIMIT ?
      """;

  private static final String UNSEALED_TRANSFERS =
      """
      SELECT id, count(*) OVER () AS found FROM transfers
        WHERE NOT EXISTS (
          SELECT FROM (SELECT unnest(transfer_ids) AS sealed FROM batches) AS all_of_them
          WHERE sealed = id)
        ORDER BY id LIMIT ?
      """;

  private static final String UNSEALED_ENTRIES =
      """
      SELECT id, count(*) OVER () AS found FROM entries
        WHERE NOT EXISTS (
          SELECT FROM (SELECT unnest(entry_ids) AS sealed FROM batches) AS all_of_them
          WHERE sealed = id)
        ORDER BY id LIMIT ?
      """;

  private static final String UNSEALED_RESOLUTIONS =
      """
      SELECT pending_transfer_id, count(*) OVER () AS found FROM resolutions
        WHERE NOT EXISTS (
          SELECT FROM (SELECT unnest(resolution_ids) AS sealed FROM batches) AS all_of_them
          WHERE sealed = pending_transfer_id)
        ORDER BY pending_transfer_id LIMIT ?
      """;

  /** The second sum is over those before: at least one batch is read, however large. */
  private static final String BATCHES =
      """
      WITH next AS (
        SELECT number, sum(size) OVER (ORDER BY number) - size AS rows_before
        FROM (SELECT number, cardinality(transfer_ids) + cardinality(entry_ids)
            + cardinality(resolution_ids) AS size
          FROM batches WHERE number > ? AND number <= ? ORDER BY number LIMIT 1000) AS sizes)
      SELECT number, key, created_at, transfer_ids, entry_ids, resolution_ids, digests, hash
        FROM batches JOIN next USING (number)
        WHERE rows_before < ? ORDER BY number
      """;

  private static final String TRANSFERS =
      """
      SELECT id, from_account_id, to_account_id, amount, reference, created_at,
          reverses_transfer_id, pending_transfer_id, expires_at, ordered_by, session_id,
          client_address, request_id, idempotency_key
        FROM transfers WHERE id = ANY (?::bigint[])
      """;

  private static final String ENTRIES =
      """
      SELECT id, account_id, transfer_id, amount, balance_after, created_at
        FROM entries WHERE id = ANY (?::bigint[])
      """;

  private static final String RESOLUTIONS =
      """
      SELECT pending_transfer_id, outcome, resolved_at, voided_by, session_id, client_address,
          request_id, idempotency_key
        FROM resolutions WHERE pending_transfer_id = ANY (?::bigint[])
      """;

  private final JdbcOperations jdbc;
  private final Transactions transactions;

  PostgresLedgerRecords(JdbcOperations jdbc, Transactions transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  @Override
  public LedgerSnapshot snapshot() {
    return transactions.inTransaction(
        () -> {
          jdbc.prepareStatement(ONE_MOMENT, PreparedStatement::execute);
          return new LedgerSnapshot(
              query(HEAD, PostgresLedgerRecords::head).stream().findFirst().orElse(ChainHead.NONE),
              query(FIGURES, PostgresLedgerRecords::figures),
              findings());
        });
  }

  @Override
  public List<BatchOnRecord> batches(long after, long upTo) {
    return transactions.inTransaction(
        () -> {
          List<SealedBatch> batches =
              query(BATCHES, PostgresLedgerRecords::batch, after, upTo, PAGE);
          Map<Long, TransferOnRecord> transfers =
              rows(batches, BatchContent::transfers, TRANSFERS, PostgresLedgerRecords::transfer)
                  .collect(Collectors.toMap(TransferOnRecord::id, Function.identity()));
          Map<Long, EntryOnRecord> entries =
              rows(batches, BatchContent::entries, ENTRIES, PostgresLedgerRecords::entry)
                  .collect(Collectors.toMap(EntryOnRecord::id, Function.identity()));
          Map<Long, ResolutionOnRecord> resolutions =
              rows(
                      batches,
                      BatchContent::resolutions,
                      RESOLUTIONS,
                      PostgresLedgerRecords::resolution)
                  .collect(Collectors.toMap(ResolutionOnRecord::pending, Function.identity()));
          return batches.stream()
              .map(batch -> new BatchOnRecord(batch, transfers, entries, resolutions))
              .toList();
        });
  }

  private Findings findings() {
    Findings findings = new Findings();
    find(
        findings,
        WRONG_BALANCES,
        row ->
            new Finding.WrongBalance(
                row.getLong("id"), integer(row, "balance"), integer(row, "entered")));
    find(findings, MISSING_ACCOUNTS, row -> new Finding.MissingAccount(row.getLong("account_id")));
    find(
        findings,
        BROKEN_BALANCES,
        row -> new Finding.BrokenBalances(row.getLong("account_id"), row.getLong("id")));
    find(
        findings,
        WRONG_PENDING_DEBITS,
        row ->
            new Finding.WrongPendingDebits(
                row.getLong("id"), integer(row, "pending_debits"), integer(row, "set_aside")));
    find(findings, WRONG_HOLDS, row -> new Finding.WrongHold(row.getLong("transfer")));
    find(findings, WRONG_SETTLEMENTS, row -> new Finding.WrongSettlement(row.getLong("transfer")));
    find(
        findings,
        UNBALANCED_TRANSFERS,
        row -> new Finding.UnbalancedTransfer(row.getLong("transfer_id"), integer(row, "sum")));
    find(findings, UNSEALED_TRANSFERS, row -> new Finding.UnsealedTransfer(row.getLong("id")));
    find(findings, UNSEALED_ENTRIES, row -> new Finding.UnsealedEntry(row.getLong("id")));
    find(
        findings,
        UNSEALED_RESOLUTIONS,
        row -> new Finding.UnsealedResolution(row.getLong("pending_transfer_id")));
    return findings;
  }

  /** Adds what a query finds, which tells in each row how many there are in all. */
  private void find(Findings findings, String sql, Reading<Finding> finding) {
    List<Long> count = new ArrayList<>();
    List<Finding> first =
        query(
            sql,
            row -> {
              count.add(row.getLong("found"));
              return finding.of(row);
            },
            Findings.SHOWN);
    if (!first.isEmpty()) {
      findings.add(first, count.getFirst());
    }
  }

  private <R> Stream<R> rows(
      List<SealedBatch> batches,
      Function<BatchContent, List<Seal>> seals,
      String sql,
      Reading<R> reading) {
    List<Long> ids =
        batches.stream()
            .flatMap(batch -> seals.apply(batch.content()).stream())
            .map(Seal::id)
            .toList();
    return jdbc
        .prepareStatement(
            sql,
            statement -> {
              new Columns(statement).longs(ids, id -> id);
              return read(statement, reading);
            })
        .stream();
  }

  private <R> List<R> query(String sql, Reading<R> reading, Object... parameters) {
    return jdbc.prepareStatement(
        sql,
        statement -> {
          Columns columns = new Columns(statement);
          for (Object parameter : parameters) {
            columns.value(parameter);
          }
          return read(statement, reading);
        });
  }

  private static <R> List<R> read(PreparedStatement statement, Reading<R> reading)
      throws SQLException {
    List<R> read = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        read.add(reading.of(rows));
      }
    }
    return read;
  }

  private static ChainHead head(ResultSet row) throws SQLException {
    return new ChainHead(row.getLong("number"), Digest.ofBytes(row.getBytes("hash")));
  }

  private static CurrencyFigures figures(ResultSet row) throws SQLException {
    return new CurrencyFigures(
        row.getString("currency"),
        row.getLong("accounts"),
        row.getLong("transfers"),
        row.getLong("entries"),
        integer(row, "customers"),
        integer(row, "settlement"),
        integer(row, "pending_debits"));
  }

  private static SealedBatch batch(ResultSet row) throws SQLException {
    ByteBuffer digests = ByteBuffer.wrap(row.getBytes("digests"));
    return new SealedBatch(
        row.getLong("number"),
        new BatchContent(
            row.getObject("key", UUID.class),
            time(row, "created_at"),
            seals(row.getArray("transfer_ids"), digests),
            seals(row.getArray("entry_ids"), digests),
            seals(row.getArray("resolution_ids"), digests)),
        Digest.ofBytes(row.getBytes("hash")));
  }

  private static List<Seal> seals(Array ids, ByteBuffer digests) throws SQLException {
    List<Seal> seals = new ArrayList<>();
    for (Long id : (Long[]) ids.getArray()) {
      byte[] digest = new byte[Digest.BYTES];
      digests.get(digest);
      seals.add(new Seal(id, Digest.ofBytes(digest)));
    }
    return seals;
  }

  private static TransferOnRecord transfer(ResultSet row) throws SQLException {
    return new TransferOnRecord(
        row.getLong("id"),
        row.getLong("from_account_id"),
        row.getLong("to_account_id"),
        row.getLong("amount"),
        row.getString("reference"),
        time(row, "created_at"),
        row.getObject("reverses_transfer_id", Long.class),
        row.getObject("pending_transfer_id", Long.class),
        expiry(row),
        orderer(row, "ordered_by"));
  }

  private static EntryOnRecord entry(ResultSet row) throws SQLException {
    return new EntryOnRecord(
        row.getLong("id"),
        row.getLong("account_id"),
        row.getLong("transfer_id"),
        row.getLong("amount"),
        row.getLong("balance_after"),
        time(row, "created_at"));
  }

  private static ResolutionOnRecord resolution(ResultSet row) throws SQLException {
    return new ResolutionOnRecord(
        row.getLong("pending_transfer_id"),
        row.getString("outcome"),
        time(row, "resolved_at"),
        orderer(row, "voided_by"));
  }

  private static Orderer orderer(ResultSet row, String who) throws SQLException {
    return new Orderer(
        row.getString(who),
        row.getObject("session_id", UUID.class),
        row.getString("client_address"),
        row.getString("request_id"),
        row.getString("idempotency_key"));
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static @Nullable Instant expiry(ResultSet row) throws SQLException {
    OffsetDateTime expiresAt = row.getObject("expires_at", OffsetDateTime.class);
    return expiresAt == null ? null : expiresAt.toInstant();
  }

  private static BigInteger integer(ResultSet row, String column) throws SQLException {
    return row.getBigDecimal(column).toBigIntegerExact();
  }

  private interface Reading<R> {
    R of(ResultSet row) throws SQLException;
  }
}
