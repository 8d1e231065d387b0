package io.simplebank.domain.idempotency;

import io.simplebank.domain.user.Username;
import java.util.Objects;

/**
 * A key where it is valid: two users may use the same, and one user may for two operations.
 *
 * @param user whose it is
 * @param operation what it was used for
 * @param key the client's name for the request
 */
public record ScopedKey(Username user, Operation operation, IdempotencyKey key) {
  /** Needs all three. */
  public ScopedKey {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(key, "key");
  }
}
