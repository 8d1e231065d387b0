package io.simplebank.adapter.persistence.session;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.simplebank.domain.session.Session;
import io.simplebank.domain.user.Username;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@MappedEntity("sessions")
record SessionRow(
    @Id UUID id,
    String username,
    String userAgent,
    String clientAddress,
    Instant createdAt,
    Instant expiresAt,
    int generation,
    @Nullable Instant endedAt) {
  static final String COLUMNS =
      """
      id, username, user_agent, client_address, created_at, expires_at, generation, ended_at
      """;

  static SessionRow of(Session session) {
    return new SessionRow(
        session.id(),
        session.username().value(),
        session.userAgent(),
        session.clientAddress(),
        session.createdAt(),
        session.expiresAt(),
        session.generation(),
        session.endedAt());
  }

  Session toSession() {
    return new Session(
        id,
        new Username(username),
        userAgent,
        clientAddress,
        createdAt,
        expiresAt,
        generation,
        endedAt);
  }
}
