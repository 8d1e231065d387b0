package io.simplebank.adapter.persistence.session;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.simplebank.domain.session.RefreshTokenHash;
import io.simplebank.domain.session.Session;
import io.simplebank.domain.user.Username;
import java.time.Instant;
import java.util.UUID;

@MappedEntity("sessions")
record SessionRow(
    @Id UUID id,
    String username,
    String refreshTokenHash,
    String userAgent,
    String clientAddress,
    Instant createdAt,
    Instant expiresAt) {

  static SessionRow of(Session session) {
    return new SessionRow(
        session.id(),
        session.username().value(),
        session.refreshTokenHash().hex(),
        session.userAgent(),
        session.clientAddress(),
        session.createdAt(),
        session.expiresAt());
  }

  Session toSession() {
    return new Session(
        id,
        new Username(username),
        new RefreshTokenHash(refreshTokenHash),
        userAgent,
        clientAddress,
        createdAt,
        expiresAt);
  }
}
