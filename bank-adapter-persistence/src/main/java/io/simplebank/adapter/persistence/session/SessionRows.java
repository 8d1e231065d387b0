package io.simplebank.adapter.persistence.session;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface SessionRows extends GenericRepository<SessionRow, UUID> {

  void save(SessionRow row);

  Optional<SessionRow> findById(UUID id);

  @Query(
      """
      UPDATE sessions SET generation = :generation, ended_at = :endedAt WHERE id = :id
      """)
  int update(UUID id, int generation, @Nullable Instant endedAt);

  @Query(
      "SELECT "
          + SessionRow.COLUMNS
          + """
      FROM sessions
      WHERE username = :username AND ended_at IS NULL AND expires_at > :now
      ORDER BY created_at DESC, id
      """)
  List<SessionRow> listLive(String username, Instant now);

  @Query(
      "SELECT " + SessionRow.COLUMNS + "FROM sessions WHERE ended_at >= :since ORDER BY ended_at")
  List<SessionRow> listEndedSince(Instant since);

  @Query(
      """
      DELETE FROM sessions WHERE expires_at < :time
      """)
  int deleteExpiredBefore(Instant time);
}
