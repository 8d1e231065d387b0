package io.simplebank.adapter.persistence.transfer;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface TransferRows extends GenericRepository<TransferRow, Long> {

  /** What makes a {@link TransferRow} of a row of transfers. */
  String SELECT =
      """
      SELECT t.id, t.from_account_id, t.to_account_id, t.amount, t.reference, t.created_at,
        t.reverses_transfer_id, t.pending_transfer_id, t.expires_at, a.currency, r.outcome
      FROM transfers t
        JOIN accounts a ON a.id = t.from_account_id
        LEFT JOIN resolutions r ON r.pending_transfer_id = t.id
      """;

  /**
   * Newest first: those that were posted at once, which the account's entries lead to, and those
   * that were made pending, which have none. On one account the order of ids is the order of time,
   * so the time of the transfer before which the page begins leads to its place in the index.
   */
  String LIST =
      SELECT
          + """
          WHERE t.id IN (
            (SELECT e.transfer_id FROM entries e
              WHERE e.account_id = :account AND e.transfer_id < :before
                AND e.created_at <=
                  coalesce((SELECT b.created_at FROM transfers b WHERE b.id = :before), 'infinity')
              ORDER BY e.created_at DESC, e.id DESC LIMIT :limit)
            UNION ALL
            (SELECT p.id FROM transfers p
              WHERE p.from_account_id = :account AND p.expires_at IS NOT NULL AND p.id < :before
              ORDER BY p.id DESC LIMIT :limit)
            UNION ALL
            (SELECT p.id FROM transfers p
              WHERE p.to_account_id = :account AND p.expires_at IS NOT NULL AND p.id < :before
              ORDER BY p.id DESC LIMIT :limit))
          ORDER BY t.id DESC LIMIT :limit
          """;

  @Query(SELECT + "WHERE t.id = :id")
  Optional<TransferRow> find(long id);

  @Query(LIST)
  List<TransferRow> list(long account, int limit, long before);

  @Query("SELECT DISTINCT account_id FROM holds WHERE expires_at <= :at LIMIT :limit")
  List<Long> findPayersOfExpired(Instant at, int limit);

  @Query(
      """
      SELECT coalesce(sum(h.amount), 0)
      FROM holds h JOIN accounts a ON a.id = h.account_id
      WHERE a.currency = :currency
      """)
  BigDecimal sumPending(String currency);
}
