package io.simplebank.adapter.persistence.transfer;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.simplebank.adapter.persistence.Columns;
import io.simplebank.adapter.persistence.account.AccountLocks;
import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.port.out.Ledger;
import io.simplebank.domain.transfer.Entry;
import io.simplebank.domain.transfer.LedgerBatch;
import io.simplebank.domain.transfer.Numbering;
import io.simplebank.domain.transfer.PostedTransfer;
import io.simplebank.domain.transfer.Transfer;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The ledger in three statements, whatever the size of the batch: lock, number, write. The write is
 * one statement of several commands, which the driver sends in one round trip.
 */
@Singleton
final class PostgresLedger implements Ledger {
  private static final String NUMBER =
      """
      SELECT ARRAY(SELECT nextval('transfer_ids') FROM generate_series(1, ?)),
             ARRAY(SELECT nextval('entry_ids') FROM generate_series(1, ?))
      """;

  private static final String WRITE =
      """
      INSERT INTO transfers (id, from_account_id, to_account_id, amount, reference, created_at)
        SELECT id, from_id, to_id, amount, reference, at
        FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[],
          ?::timestamptz[]) AS new (id, from_id, to_id, amount, reference, at);
      INSERT INTO entries (id, account_id, transfer_id, amount, balance_after, created_at)
        SELECT id, account_id, transfer_id, amount, balance_after, at
        FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
          ?::timestamptz[]) AS new (id, account_id, transfer_id, amount, balance_after, at);
      UPDATE accounts SET balance = new.balance, last_posted_at = new.at
        FROM unnest(?::bigint[], ?::bigint[], ?::timestamptz[]) AS new (id, balance, at)
        WHERE accounts.id = new.id
      """;

  private final AccountLocks accounts;
  private final JdbcOperations jdbc;

  PostgresLedger(AccountLocks accounts, JdbcOperations jdbc) {
    this.accounts = accounts;
    this.jdbc = jdbc;
  }

  @Override
  public List<Account> lock(Collection<AccountId> ids) {
    return accounts.lock(ids);
  }

  @Override
  public Numbering number(int transfers) {
    return jdbc.prepareStatement(
        NUMBER,
        statement -> {
          statement.setInt(1, transfers);
          statement.setInt(2, 2 * transfers);
          try (ResultSet row = statement.executeQuery()) {
            row.next();
            return new Numbering(longs(row.getArray(1)), longs(row.getArray(2)));
          }
        });
  }

  @Override
  public void write(LedgerBatch batch) {
    List<Transfer> transfers = batch.postings().stream().map(PostedTransfer::transfer).toList();
    List<Entry> entries =
        batch.postings().stream()
            .flatMap(posting -> Stream.of(posting.debit(), posting.credit()))
            .toList();
    List<Account> changed = batch.changedAccounts();
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
          columns.longs(entries, entry -> entry.id().value());
          columns.longs(entries, entry -> entry.account().value());
          columns.longs(entries, entry -> entry.transfer().value());
          columns.longs(entries, entry -> entry.amount().minorUnits());
          columns.longs(entries, entry -> entry.balanceAfter().minorUnits());
          columns.times(entries, Entry::createdAt);
          columns.longs(changed, account -> account.id().value());
          columns.longs(changed, account -> account.balance().minorUnits());
          columns.times(changed, Account::lastPostedAt);
          statement.execute();
          requireCount(statement, transfers.size());
          statement.getMoreResults();
          requireCount(statement, entries.size());
          statement.getMoreResults();
          requireCount(statement, changed.size());
          return null;
        });
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
