package io.simplebank.domain.port.out;

import io.simplebank.domain.session.RefreshToken;
import io.simplebank.domain.session.Session;
import io.simplebank.domain.user.SecretHash;
import io.simplebank.domain.user.Username;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The store of sessions and of the hashes of their refresh tokens. */
public interface SessionRepository {
  /** Adds a session of an existing user. */
  void insert(Session session);

  /** Adds a refresh token to an existing session. */
  void insert(RefreshToken token);

  /** The session of that name, as last committed. */
  Optional<Session> find(UUID id);

  /** The refresh token of that hash. */
  Optional<RefreshToken> find(SecretHash hash);

  /** The session of that name, which nobody else can change until the transaction ends. */
  Optional<Session> lock(UUID id);

  /** Keeps what a locked session has become. */
  void update(Session session);

  /**
   * Takes the other tokens of that one's generation for tokens of the generation before, of a
   * session that is locked: the same token brought them, and of them this one is used.
   */
  void retireSiblings(RefreshToken used);

  /** A user's sessions that are neither ended nor expired, newest first. */
  List<Session> listLive(Username username, Instant now);

  /**
   * Ends all live sessions of a user.
   *
   * @param except a session that goes on; null for none
   * @return those that were ended now
   */
  List<UUID> endAll(Username username, @Nullable UUID except, Instant at);

  /** The sessions that were ended at that time or later, in the order of time. */
  List<Session> endedSince(Instant since);

  /**
   * Removes sessions that expired before that time, with their tokens.
   *
   * @return how many
   */
  int removeExpiredBefore(Instant time);
}
