package io.simplebank.adapter.persistence.session;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.simplebank.adapter.persistence.Columns;
import io.simplebank.domain.port.out.AttemptRepository;
import io.simplebank.domain.session.AttemptKey;
import io.simplebank.domain.session.Attempts;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

@Singleton
final class PostgresAttemptRepository implements AttemptRepository {
  /**
   * Adds what is missing and locks what is there in one pass, in the order of keys, so that callers
   * who ask for some of the same keys wait for each other and never in a circle. An update that
   * changes nothing, because DO NOTHING would neither lock a row nor return it.
   */
  private static final String LOCK =
      """
      INSERT INTO login_attempts (key, failures, last_at)
        SELECT key, 0, at FROM unnest(?::text[], ?::timestamptz[]) AS new (key, at) ORDER BY key
      ON CONFLICT (key) DO UPDATE SET failures = login_attempts.failures
      RETURNING
      """
          + AttemptRow.COLUMNS;

  private static final String UPDATE =
      """
      UPDATE login_attempts SET failures = new.failures, last_at = new.at
        FROM unnest(?::text[], ?::integer[], ?::timestamptz[]) AS new (key, failures, at)
        WHERE login_attempts.key = new.key
      """;

  private final AttemptRows rows;
  private final JdbcOperations jdbc;

  PostgresAttemptRepository(AttemptRows rows, JdbcOperations jdbc) {
    this.rows = rows;
    this.jdbc = jdbc;
  }

  @Override
  public List<Attempts> lock(Collection<AttemptKey> keys, Instant now) {
    List<AttemptKey> distinct = keys.stream().distinct().toList();
    Map<AttemptKey, Attempts> locked =
        jdbc.prepareStatement(
            LOCK,
            statement -> {
              Columns columns = new Columns(statement);
              columns.texts(distinct, AttemptKey::value);
              columns.times(distinct, key -> now);
              try (ResultSet found = statement.executeQuery();
                  Stream<AttemptRow> attempts = jdbc.entityStream(found, AttemptRow.class)) {
                return attempts
                    .map(AttemptRow::toAttempts)
                    .collect(Collectors.toMap(Attempts::key, Function.identity()));
              }
            });
    return keys.stream().map(key -> lockedOf(locked, key)).toList();
  }

  @Override
  public void update(Collection<Attempts> attempts) {
    List<Attempts> changed = List.copyOf(attempts);
    int updated =
        jdbc.prepareStatement(
            UPDATE,
            statement -> {
              Columns columns = new Columns(statement);
              columns.texts(changed, attempt -> attempt.key().value());
              columns.integers(changed, Attempts::failures);
              columns.times(changed, Attempts::lastAt);
              return statement.executeUpdate();
            });
    if (updated != changed.size()) {
      throw new IllegalStateException(
          "the database has written " + updated + " rows instead of " + changed.size());
    }
  }

  @Override
  public int removeOlderThan(Instant time) {
    return rows.deleteOlderThan(time);
  }

  private static Attempts lockedOf(Map<AttemptKey, Attempts> locked, AttemptKey key) {
    Attempts attempts = locked.get(key);
    if (attempts == null) {
      throw new IllegalStateException("not locked: " + key);
    }
    return attempts;
  }
}
