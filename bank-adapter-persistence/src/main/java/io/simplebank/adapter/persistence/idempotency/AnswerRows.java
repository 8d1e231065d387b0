package io.simplebank.adapter.persistence.idempotency;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface AnswerRows extends GenericRepository<AnswerRow, String> {

  @Query(
      "SELECT "
          + AnswerRow.COLUMNS
          + """
      FROM answers WHERE username = :username AND key = :key
      ORDER BY created_at, operation
      """)
  List<AnswerRow> find(String username, String key);

  /** Passes over what another server is dropping at the moment. */
  @Query(
      """
      DELETE FROM answers WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM answers WHERE created_at < :before
        ORDER BY created_at LIMIT :limit FOR UPDATE SKIP LOCKED))
      """)
  int forgetAnswers(Instant before, int limit);
}
