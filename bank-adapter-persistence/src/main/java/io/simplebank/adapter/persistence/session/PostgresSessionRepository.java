package io.simplebank.adapter.persistence.session;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.simplebank.domain.port.out.SessionRepository;
import io.simplebank.domain.port.out.Transactions;
import io.simplebank.domain.session.RefreshToken;
import io.simplebank.domain.session.Session;
import io.simplebank.domain.user.SecretHash;
import io.simplebank.domain.user.Username;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

@Singleton
final class PostgresSessionRepository implements SessionRepository {
  /**
   * NO KEY, because no key changes: tokens can be added meanwhile. Given to the driver as it is:
   * Micronaut Data would take the word UPDATE for an update.
   */
  private static final String LOCK =
      "SELECT " + SessionRow.COLUMNS + "FROM sessions WHERE id = ? FOR NO KEY UPDATE";

  /** Locks before it changes, in the order of ids, so that two that do this at once both can. */
  private static final String END_ALL =
      """
      WITH live AS (
        SELECT id FROM sessions
        WHERE username = ? AND id IS DISTINCT FROM ?::uuid AND ended_at IS NULL AND expires_at > ?
        ORDER BY id FOR NO KEY UPDATE)
      UPDATE sessions SET ended_at = ? FROM live WHERE sessions.id = live.id RETURNING sessions.id
      """;

  private final SessionRows rows;
  private final RefreshTokenRows tokens;
  private final JdbcOperations jdbc;
  private final Transactions transactions;

  PostgresSessionRepository(
      SessionRows rows, RefreshTokenRows tokens, JdbcOperations jdbc, Transactions transactions) {
    this.rows = rows;
    this.tokens = tokens;
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  @Override
  public void insert(Session session) {
    rows.save(SessionRow.of(session));
  }

  @Override
  public void insert(RefreshToken token) {
    tokens.save(RefreshTokenRow.of(token));
  }

  @Override
  public void retireSiblings(RefreshToken used) {
    tokens.retireSiblings(used.session(), used.generation(), used.hash().hex());
  }

  @Override
  public Optional<Session> find(UUID id) {
    return rows.findById(id).map(SessionRow::toSession);
  }

  @Override
  public Optional<RefreshToken> find(SecretHash hash) {
    return tokens.findById(hash.hex()).map(RefreshTokenRow::toRefreshToken);
  }

  @Override
  public Optional<Session> lock(UUID id) {
    return jdbc.prepareStatement(
        LOCK,
        statement -> {
          statement.setObject(1, id);
          try (ResultSet found = statement.executeQuery();
              Stream<SessionRow> sessions = jdbc.entityStream(found, SessionRow.class)) {
            return sessions.map(SessionRow::toSession).findFirst();
          }
        });
  }

  @Override
  public void update(Session session) {
    int updated = rows.update(session.id(), session.generation(), session.endedAt());
    if (updated != 1) {
      throw new IllegalStateException("there is no session " + session.id());
    }
  }

  @Override
  public List<Session> listLive(Username username, Instant now) {
    return rows.listLive(username.value(), now).stream().map(SessionRow::toSession).toList();
  }

  @Override
  public List<UUID> endAll(Username username, @Nullable UUID except, Instant at) {
    return transactions.inTransaction(
        () ->
            jdbc.prepareStatement(
                END_ALL,
                statement -> {
                  statement.setString(1, username.value());
                  statement.setObject(2, except);
                  statement.setObject(3, at.atOffset(ZoneOffset.UTC));
                  statement.setObject(4, at.atOffset(ZoneOffset.UTC));
                  List<UUID> ended = new ArrayList<>();
                  try (ResultSet ids = statement.executeQuery()) {
                    while (ids.next()) {
                      ended.add(ids.getObject(1, UUID.class));
                    }
                  }
                  return List.copyOf(ended);
                }));
  }

  @Override
  public List<Session> endedSince(Instant since) {
    return rows.listEndedSince(since).stream().map(SessionRow::toSession).toList();
  }

  @Override
  public int removeExpiredBefore(Instant time) {
    return rows.deleteExpiredBefore(time);
  }
}
