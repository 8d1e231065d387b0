package io.simplebank.domain.transfer;

import io.simplebank.domain.user.Caller;

/**
 * Somebody wants a pending transfer resolved before it expires. Whether it is is for the {@link
 * PendingRule}s to say.
 */
public sealed interface PendingOrder permits PostOrder, VoidOrder {
  /** Who asks. */
  Caller orderedBy();

  /** The transfer that was made pending. */
  Transfer pending();
}
