package io.simplebank.adapter.persistence.transfer;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface EntryRows extends GenericRepository<EntryRow, Long> {
  /**
   * Newest first. On one account the order of ids is the order of time, so the index by account,
   * time and id leads straight to any of the bounds.
   */
  String LIST =
      """
      SELECT e.id, e.account_id, e.transfer_id, e.amount, e.balance_after, e.created_at, a.currency
      FROM entries e JOIN accounts a ON a.id = e.account_id
      WHERE e.account_id = :account
        AND (e.created_at, e.id) <
          (coalesce((SELECT b.created_at FROM entries b WHERE b.id = :before), 'infinity'), :before)
        AND e.created_at >= coalesce(CAST(:from AS timestamptz), '-infinity')
        AND e.created_at < coalesce(CAST(:to AS timestamptz), 'infinity')
      ORDER BY e.created_at DESC, e.id DESC
      LIMIT :limit
      """;

  /** The same index leads straight to the one entry. */
  String BALANCE_AFTER =
      """
      SELECT balance_after FROM entries
      WHERE account_id = :account AND created_at <= :at
      ORDER BY created_at DESC, id DESC
      LIMIT 1
      """;

  @Query(LIST)
  List<EntryRow> list(
      long account, int limit, long before, @Nullable Instant from, @Nullable Instant to);

  @Query(BALANCE_AFTER)
  Optional<Long> balanceAfter(long account, Instant at);
}
