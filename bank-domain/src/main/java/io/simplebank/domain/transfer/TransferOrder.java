package io.simplebank.domain.transfer;

import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.Limits;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.user.Caller;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants moved. Whether it is moved is for the {@link TransferRule}s to say: an order
 * may ask for anything, a negative amount included.
 *
 * @param kind what sort of movement
 * @param orderedBy who asks
 * @param from the account to be debited
 * @param to the account to be credited
 * @param amount how much
 * @param reference what for, when they say
 */
public record TransferOrder(
    Kind kind,
    Caller orderedBy,
    AccountId from,
    AccountId to,
    Money amount,
    @Nullable Reference reference) {

  /** The sorts of movement, which differ in who may order them between which accounts. */
  public enum Kind {
    /** From an account of the caller's to any customer's. */
    TRANSFER,
    /** Money that enters the ledger: a banker moves it from the settlement account. */
    DEPOSIT,
    /** Money that leaves the ledger: a banker moves it to the settlement account. */
    WITHDRAWAL,
    /**
     * What an earlier transfer has moved, or a part of it, back: ordered as a {@link
     * ReversalOrder}.
     */
    REVERSAL;

    /**
     * Whether that caller may order such a movement at all. Who may order a reversal depends on the
     * transfer that it is of; the {@link ReversalRule}s say.
     */
    public boolean isFor(Caller caller) {
      return switch (this) {
        case TRANSFER, REVERSAL -> true;
        case DEPOSIT, WITHDRAWAL -> caller.isBanker();
      };
    }

    /**
     * Whether such a movement counts as spending of the account that pays, and is bound by its
     * {@link Limits}: whatever leaves the account by the order of its owner, or by a banker's for
     * them at the counter. A reversal gives back what came in.
     */
    public boolean countsAsSpending() {
      return switch (this) {
        case TRANSFER, WITHDRAWAL -> true;
        case DEPOSIT, REVERSAL -> false;
      };
    }
  }

  /** Needs all but the reference. */
  public TransferOrder {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(orderedBy, "orderedBy");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(amount, "amount");
  }
}
