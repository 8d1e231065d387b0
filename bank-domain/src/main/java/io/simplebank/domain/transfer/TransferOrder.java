package io.simplebank.domain.transfer;

import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.Limits;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.user.Caller;
import java.time.Duration;
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
 * @param pendingFor how long the amount is to be set aside, when it is not to move at once
 */
public record TransferOrder(
    Kind kind,
    Caller orderedBy,
    AccountId from,
    AccountId to,
    Money amount,
    @Nullable Reference reference,
    @Nullable Duration pendingFor) {

  /** How long an amount is set aside when nothing else is said. */
  public static final Duration PENDING_BY_DEFAULT = Duration.ofDays(7);

  /** The longest time for which an amount can be set aside. */
  public static final Duration PENDING_AT_MOST = Duration.ofDays(365);

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
    REVERSAL,
    /**
     * What was set aside for a pending transfer, or a part of it: ordered as a {@link PostOrder}.
     */
    POST_PENDING;

    /**
     * Whether that caller may order such a movement at all. Who may order what names an earlier
     * transfer depends on that; the {@link ReversalRule}s and the {@link PendingRule}s say.
     */
    public boolean isFor(Caller caller) {
      return switch (this) {
        case TRANSFER, REVERSAL, POST_PENDING -> true;
        case DEPOSIT, WITHDRAWAL -> caller.isBanker();
      };
    }

    /**
     * Whether such a movement counts as spending of the account that pays, and is bound by its
     * {@link Limits}: whatever leaves the account by the order of its owner, or by a banker's for
     * them at the counter. A reversal gives back what came in, and what was set aside has counted
     * then.
     */
    public boolean countsAsSpending() {
      return switch (this) {
        case TRANSFER, WITHDRAWAL -> true;
        case DEPOSIT, REVERSAL, POST_PENDING -> false;
      };
    }
  }

  /**
   * @throws IllegalArgumentException when anything but a transfer is to be pending, or for no time
   *     or longer than {@link #PENDING_AT_MOST}
   */
  public TransferOrder {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(orderedBy, "orderedBy");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(amount, "amount");
    if (pendingFor != null
        && (kind != Kind.TRANSFER
            || !pendingFor.isPositive()
            || pendingFor.compareTo(PENDING_AT_MOST) > 0)) {
      throw new IllegalArgumentException(
          "a transfer is pending for " + PENDING_AT_MOST + " at most, and nothing else is");
    }
  }

  /** An order of something that is to move at once. */
  public TransferOrder(
      Kind kind,
      Caller orderedBy,
      AccountId from,
      AccountId to,
      Money amount,
      @Nullable Reference reference) {
    this(kind, orderedBy, from, to, amount, reference, null);
  }
}
