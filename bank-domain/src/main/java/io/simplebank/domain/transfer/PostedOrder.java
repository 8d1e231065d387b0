package io.simplebank.domain.transfer;

import io.simplebank.domain.idempotency.IdempotencyKey;
import io.simplebank.domain.user.Caller;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An order to which no rule objected, with who gave it.
 *
 * @param orderedBy who asked, and from where
 * @param key under which name they did, if any
 * @param posting what came of it
 */
public record PostedOrder(Caller orderedBy, @Nullable IdempotencyKey key, PostedTransfer posting) {
  /** Needs all but the key. */
  public PostedOrder {
    Objects.requireNonNull(orderedBy, "orderedBy");
    Objects.requireNonNull(posting, "posting");
  }
}
