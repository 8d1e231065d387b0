package io.simplebank.adapter.persistence.session;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface RefreshTokenRows extends GenericRepository<RefreshTokenRow, String> {

  void save(RefreshTokenRow row);

  Optional<RefreshTokenRow> findById(String hash);

  @Query(
      """
      UPDATE refresh_tokens SET generation = generation - 1
      WHERE session_id = :session AND generation = :generation AND hash <> :hash
      """)
  void retireSiblings(UUID session, int generation, String hash);
}
