package io.simplebank.domain.session;

import io.simplebank.domain.user.SecretHash;
import java.util.Objects;
import java.util.UUID;

/**
 * What is kept of a secret with which a client renews its access.
 *
 * @param hash the hash of the secret
 * @param session whose it is
 * @param generation how many times the session was renewed to come to it
 */
public record RefreshToken(SecretHash hash, UUID session, int generation) {
  /** Needs a hash and a session. */
  public RefreshToken {
    Objects.requireNonNull(hash, "hash");
    Objects.requireNonNull(session, "session");
  }
}
