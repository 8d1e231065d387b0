package io.simplebank.domain.transfer;

import io.simplebank.domain.idempotency.IdempotencyKey;
import io.simplebank.domain.user.Caller;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An order for which money was set aside, with who gave it.
 *
 * @param orderedBy who asked, and from where
 * @param key under which name they did, if any
 * @param pending the transfer that was made pending
 */
public record HeldOrder(Caller orderedBy, @Nullable IdempotencyKey key, Transfer pending) {
  /** Needs all but the key. */
  public HeldOrder {
    Objects.requireNonNull(orderedBy, "orderedBy");
    Objects.requireNonNull(pending, "pending");
  }
}
