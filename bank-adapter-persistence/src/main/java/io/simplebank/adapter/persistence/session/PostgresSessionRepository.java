package io.simplebank.adapter.persistence.session;

import io.simplebank.domain.port.out.SessionRepository;
import io.simplebank.domain.session.Session;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

@Singleton
final class PostgresSessionRepository implements SessionRepository {
  private final SessionRows rows;

  PostgresSessionRepository(SessionRows rows) {
    this.rows = rows;
  }

  @Override
  public void insert(Session session) {
    rows.save(SessionRow.of(session));
  }

  @Override
  public Optional<Session> find(UUID id) {
    return rows.findById(id).map(SessionRow::toSession);
  }
}
