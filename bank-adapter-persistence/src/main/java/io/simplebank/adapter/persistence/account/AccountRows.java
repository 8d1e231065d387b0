package io.simplebank.adapter.persistence.account;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface AccountRows extends GenericRepository<AccountRow, Long> {

  Optional<AccountRow> findById(long id);

  @Query("SELECT id FROM accounts WHERE owner IS NULL AND currency = :currency")
  Optional<Long> findSettlementAccount(String currency);

  @Query(
      """
      SELECT * FROM accounts WHERE owner = :owner ORDER BY id LIMIT :limit OFFSET :offset
      """)
  List<AccountRow> list(String owner, long offset, int limit);
}
