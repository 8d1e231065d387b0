package io.simplebank.domain.port.out;

import io.simplebank.domain.session.Session;
import java.util.Optional;
import java.util.UUID;

/** The store of sessions. */
public interface SessionRepository {
  /** Adds a session of an existing user. */
  void insert(Session session);

  /** The session of that name. */
  Optional<Session> find(UUID id);
}
