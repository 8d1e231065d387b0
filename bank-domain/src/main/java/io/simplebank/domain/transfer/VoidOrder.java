package io.simplebank.domain.transfer;

import io.simplebank.domain.user.Caller;
import java.util.Objects;

/**
 * Somebody wants what is set aside for a pending transfer released. Whether it is is for the {@link
 * PendingRule}s to say: no state of an account stands in the way.
 *
 * @param orderedBy who asks
 * @param pending the transfer that was made pending
 */
public record VoidOrder(Caller orderedBy, Transfer pending) implements PendingOrder {
  /** Needs both. */
  public VoidOrder {
    Objects.requireNonNull(orderedBy, "orderedBy");
    Objects.requireNonNull(pending, "pending");
  }
}
