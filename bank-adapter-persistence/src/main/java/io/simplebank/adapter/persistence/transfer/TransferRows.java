package io.simplebank.adapter.persistence.transfer;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface TransferRows extends GenericRepository<TransferRow, Long> {

  @Query(
      """
      SELECT t.*, a.currency
      FROM transfers t JOIN accounts a ON a.id = t.from_account_id
      WHERE t.id = :id
      """)
  Optional<TransferRow> find(long id);
}
