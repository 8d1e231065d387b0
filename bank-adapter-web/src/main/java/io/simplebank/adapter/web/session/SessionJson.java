package io.simplebank.adapter.web.session;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.simplebank.domain.session.Session;
import io.simplebank.domain.user.Caller;
import java.time.Instant;
import java.util.UUID;

@Serdeable(naming = SnakeCaseStrategy.class)
record SessionJson(
    UUID id,
    String userAgent,
    String clientAddress,
    Instant createdAt,
    Instant expiresAt,
    @JsonProperty("is_current") boolean current) {

  static SessionJson of(Session session, Caller caller) {
    return new SessionJson(
        session.id(),
        session.userAgent(),
        session.clientAddress(),
        session.createdAt(),
        session.expiresAt(),
        session.id().equals(caller.session()));
  }
}
