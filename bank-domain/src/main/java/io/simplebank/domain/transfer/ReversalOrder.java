package io.simplebank.domain.transfer;

import io.simplebank.domain.money.Money;
import io.simplebank.domain.user.Caller;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Somebody wants a transfer given back, in part or as a whole. It becomes a new transfer the other
 * way that names the old one. Whether it does is for the {@link ReversalRule}s to say, and then for
 * the {@link TransferRule}s.
 *
 * @param orderedBy who asks
 * @param original the transfer to be reversed
 * @param amount how much of it, in its currency; null for all that has not been reversed yet
 * @param reference what for, when they say
 */
public record ReversalOrder(
    Caller orderedBy, Transfer original, @Nullable Money amount, @Nullable Reference reference) {
  /**
   * @throws IllegalArgumentException when the amount is in another currency than the original
   */
  public ReversalOrder {
    Objects.requireNonNull(orderedBy, "orderedBy");
    Objects.requireNonNull(original, "original");
    if (amount != null && !amount.currency().equals(original.amount().currency())) {
      throw new IllegalArgumentException("a transfer is reversed in its own currency");
    }
  }

  /** How much is to be given back when that much is left. */
  Money amountOf(Money left) {
    return amount == null ? left : amount;
  }

  /** The movement that comes of this. */
  TransferOrder movement(Money left) {
    return new TransferOrder(
        TransferOrder.Kind.REVERSAL,
        orderedBy,
        original.to(),
        original.from(),
        amountOf(left),
        reference);
  }
}
