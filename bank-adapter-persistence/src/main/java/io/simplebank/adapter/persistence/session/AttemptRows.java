package io.simplebank.adapter.persistence.session;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface AttemptRows extends GenericRepository<AttemptRow, String> {

  /** Passes over what is locked: somebody is at work on it, so it is not old any more. */
  @Query(
      """
      DELETE FROM login_attempts WHERE key IN (
        SELECT key FROM login_attempts WHERE last_at < :time FOR UPDATE SKIP LOCKED)
      """)
  int deleteOlderThan(Instant time);
}
