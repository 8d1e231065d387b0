package io.simplebank.domain.transfer;

import io.simplebank.domain.money.Money;
import io.simplebank.domain.user.Caller;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Somebody wants a pending transfer settled, as a whole or in part; what is left is released. It
 * becomes a new transfer that names the pending one. Whether it does is for the {@link
 * PendingRule}s to say, and then for the {@link TransferRule}s.
 *
 * @param orderedBy who asks
 * @param pending the transfer that was made pending
 * @param amount how much of it, in its currency; null for all of it
 */
public record PostOrder(Caller orderedBy, Transfer pending, @Nullable Money amount)
    implements PendingOrder {
  /**
   * @throws IllegalArgumentException when the amount is in another currency than what was set aside
   */
  public PostOrder {
    Objects.requireNonNull(orderedBy, "orderedBy");
    Objects.requireNonNull(pending, "pending");
    if (amount != null && !amount.currency().equals(pending.amount().currency())) {
      throw new IllegalArgumentException("a pending transfer is settled in its own currency");
    }
  }

  /** How much is to move. */
  Money amountToMove() {
    return amount == null ? pending.amount() : amount;
  }

  /** The movement that comes of this. */
  TransferOrder movement() {
    return new TransferOrder(
        TransferOrder.Kind.POST_PENDING,
        orderedBy,
        pending.from(),
        pending.to(),
        amountToMove(),
        pending.reference());
  }
}
