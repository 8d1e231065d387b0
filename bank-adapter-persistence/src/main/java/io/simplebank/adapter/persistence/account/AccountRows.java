package io.simplebank.adapter.persistence.account;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface AccountRows extends GenericRepository<AccountRow, Long> {

  Optional<AccountRow> findById(long id);

  @Query(
      """
      INSERT INTO accounts (owner, currency, balance, pending_debits, overdraft_limit, status,
        created_at, last_posted_at)
      VALUES (:owner, :currency, 0, 0, 0, 'open', :at, :at)
      ON CONFLICT ON CONSTRAINT accounts_one_per_owner_and_currency DO NOTHING
      """)
  int openUnlessThere(@Nullable String owner, String currency, Instant at);

  /** The account that was opened last: those before it are closed. */
  @Query(
      "SELECT "
          + AccountRow.COLUMNS
          + """
      FROM accounts
      WHERE owner IS NOT DISTINCT FROM CAST(:owner AS text) AND currency = :currency
      ORDER BY id DESC LIMIT 1
      """)
  Optional<AccountRow> findLatest(@Nullable String owner, String currency);

  @Query(
      """
      UPDATE accounts SET status = :status, overdraft_limit = :overdraftLimit,
        max_transfer = :maxTransfer, daily_limit = :dailyLimit, monthly_limit = :monthlyLimit
      WHERE id = :id
      """)
  int update(
      long id,
      String status,
      long overdraftLimit,
      @Nullable Long maxTransfer,
      @Nullable Long dailyLimit,
      @Nullable Long monthlyLimit);

  @Query(
      "SELECT "
          + AccountRow.COLUMNS_AS_ASKED
          + """
          FROM accounts, (SELECT CAST(:at AS timestamptz)) AS asked (at)
          WHERE owner = :owner ORDER BY id LIMIT :limit OFFSET :offset
          """)
  List<AccountRow> list(String owner, long offset, int limit, Instant at);
}
