package io.simplebank.domain.transfer;

import java.time.Instant;
import java.util.Objects;

/**
 * The end of a pending transfer, of which there is one.
 *
 * @param pending the transfer that was pending
 * @param outcome what it has become
 * @param at when that was written down; for an expiry, that is when somebody came by, at {@link
 *     Transfer#expiresAt} or later
 */
public record Resolution(TransferId pending, TransferStatus outcome, Instant at) {
  /**
   * @throws IllegalArgumentException when it is not resolved
   */
  public Resolution {
    Objects.requireNonNull(pending, "pending");
    Objects.requireNonNull(at, "at");
    if (!TransferStatus.PENDING.canBecome(outcome)) {
      throw new IllegalArgumentException("a pending transfer does not end as " + outcome.code());
    }
  }
}
