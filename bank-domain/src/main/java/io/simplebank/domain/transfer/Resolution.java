package io.simplebank.domain.transfer;

import io.simplebank.domain.idempotency.IdempotencyKey;
import io.simplebank.domain.user.Caller;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The end of a pending transfer, of which there is one.
 *
 * @param pending the transfer that was pending
 * @param outcome what it has become
 * @param at when that was written down; for an expiry, that is when somebody came by, at {@link
 *     Transfer#expiresAt} or later
 * @param voidedBy who released it, and from where; null for any other outcome: the transfer that
 *     settles it says who ordered that, and an expiry nobody orders
 * @param key under which name they did, if any
 */
public record Resolution(
    TransferId pending,
    TransferStatus outcome,
    Instant at,
    @Nullable Caller voidedBy,
    @Nullable IdempotencyKey key) {
  /**
   * @throws IllegalArgumentException when it is not resolved, or unless it is said of those that
   *     are voided, and of no other, by whom
   */
  public Resolution {
    Objects.requireNonNull(pending, "pending");
    Objects.requireNonNull(at, "at");
    if (!TransferStatus.PENDING.canBecome(outcome)) {
      throw new IllegalArgumentException("a pending transfer does not end as " + outcome.code());
    }
    if ((outcome == TransferStatus.VOIDED) != (voidedBy != null)
        || (voidedBy == null && key != null)) {
      throw new IllegalArgumentException("who voids a transfer is named, and nobody else");
    }
  }

  /** One that nobody orders by itself: it was posted, or has expired. */
  public Resolution(TransferId pending, TransferStatus outcome, Instant at) {
    this(pending, outcome, at, null, null);
  }
}
