package io.simplebank.domain.idempotency;

import java.util.Objects;
import java.util.UUID;

/**
 * The key that the bank makes for everything it writes in one transaction. By it the bank finds out
 * whether a commit went through of which it has not heard, and orders that come without a key of
 * the client's are still posted once.
 *
 * @param value random, so that it never comes twice, not even from a database that has lost some of
 *     its last transactions
 */
public record BatchKey(UUID value) {
  /** Needs a value. */
  public BatchKey {
    Objects.requireNonNull(value, "value");
  }

  /** A key that nobody has used. */
  public static BatchKey random() {
    return new BatchKey(UUID.randomUUID());
  }
}
