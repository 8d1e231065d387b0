package io.simplebank.domain.session;

import io.simplebank.domain.user.Username;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * What a login begins.
 *
 * @param id its name, which tells nothing
 * @param username who logged in
 * @param refreshTokenHash the hash of the secret that prolongs it
 * @param userAgent what the client calls itself; empty when it does not say
 * @param clientAddress where the login came from; empty when that is not known
 * @param createdAt when it began
 * @param expiresAt when it ends at the latest
 */
public record Session(
    UUID id,
    Username username,
    RefreshTokenHash refreshTokenHash,
    String userAgent,
    String clientAddress,
    Instant createdAt,
    Instant expiresAt) {
  /**
   * @throws IllegalArgumentException when it would end before it begins
   */
  public Session {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(username, "username");
    Objects.requireNonNull(refreshTokenHash, "refreshTokenHash");
    Objects.requireNonNull(userAgent, "userAgent");
    Objects.requireNonNull(clientAddress, "clientAddress");
    if (!expiresAt.isAfter(createdAt)) {
      throw new IllegalArgumentException("a session ends after it begins");
    }
  }
}
