package io.simplebank.domain.transfer;

import io.simplebank.domain.account.Account;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What must be so for a pending transfer to be settled or released, in the order in which it is
 * asked: where several rules speak against an order, the first is the reason that the caller is
 * given. First whether the caller may see the transfer, then whether it is for them to decide, and
 * only then what has become of it. To settle one, the {@link TransferRule}s of the movement are
 * asked afterwards.
 *
 * <p>Each rule is a pure function.
 */
public enum PendingRule {
  /** The caller is a party to the transfer, or a banker. */
  PARTIES_ONLY {
    @Override
    @Nullable Decline objection(
        PendingOrder order,
        Transfer pending,
        @Nullable Account payer,
        @Nullable Account recipient) {
      return isOpenTo(order, payer) || isOpenTo(order, recipient)
          ? null
          : new Decline.TransferNotFound(pending.id());
    }
  },
  /** Only those whose money is set aside decide about it, or a banker does. */
  PAYER_DECIDES {
    @Override
    @Nullable Decline objection(
        PendingOrder order,
        Transfer pending,
        @Nullable Account payer,
        @Nullable Account recipient) {
      return isOpenTo(order, payer) ? null : new Decline.PayerOnly(pending.id());
    }
  },
  /** A pending transfer is resolved once, and one that was posted at once needs no resolution. */
  STILL_PENDING {
    @Override
    @Nullable Decline objection(
        PendingOrder order,
        Transfer pending,
        @Nullable Account payer,
        @Nullable Account recipient) {
      if (!pending.wasMadePending()) {
        return new Decline.TransferNotPending(pending.id());
      }
      return switch (pending.status()) {
        case PENDING -> null;
        case POSTED -> new Decline.TransferAlreadyPosted(pending.id());
        case VOIDED -> new Decline.TransferAlreadyVoided(pending.id());
        case EXPIRED -> new Decline.TransferExpired(pending.id());
      };
    }
  },
  /** No more moves than was set aside. */
  NO_MORE_THAN_WAS_SET_ASIDE {
    @Override
    @Nullable Decline objection(
        PendingOrder order,
        Transfer pending,
        @Nullable Account payer,
        @Nullable Account recipient) {
      return switch (order) {
        case PostOrder post when pending.amount().isLessThan(post.amountToMove()) ->
            new Decline.ExceedsPendingAmount(pending.id(), pending.amount());
        case PostOrder post -> null;
        case VoidOrder release -> null;
      };
    }
  };

  private static final List<PendingRule> IN_ORDER_OF_PRECEDENCE = List.of(values());
  private static final List<PendingRule> ABOUT_THE_CALLER = List.of(PARTIES_ONLY, PAYER_DECIDES);

  /** What this rule has against the order, or null when it has nothing. */
  abstract @Nullable Decline objection(
      PendingOrder order, Transfer pending, @Nullable Account payer, @Nullable Account recipient);

  /**
   * Asks all rules in turn.
   *
   * @param pending the transfer that the order names, as it stands now
   * @param payer the account that is to pay, or null when there is none
   * @param recipient the account that is to receive, or null when there is none
   * @return the first objection; empty when the money may be released, or when it is for the {@link
   *     TransferRule}s to decide whether it moves
   */
  public static Optional<Decline> firstObjection(
      PendingOrder order, Transfer pending, @Nullable Account payer, @Nullable Account recipient) {
    return firstOf(IN_ORDER_OF_PRECEDENCE, order, pending, payer, recipient);
  }

  /**
   * What speaks against the caller, whatever has become of the transfer. Owners do not change, so
   * this can be asked of accounts that are not locked.
   *
   * @param payer the account that is to pay
   * @param recipient the account that is to receive
   */
  public static Optional<Decline> authorization(
      PendingOrder order, Account payer, Account recipient) {
    return firstOf(ABOUT_THE_CALLER, order, order.pending(), payer, recipient);
  }

  private static Optional<Decline> firstOf(
      List<PendingRule> rules,
      PendingOrder order,
      Transfer pending,
      @Nullable Account payer,
      @Nullable Account recipient) {
    for (PendingRule rule : rules) {
      Decline objection = rule.objection(order, pending, payer, recipient);
      if (objection != null) {
        return Optional.of(objection);
      }
    }
    return Optional.empty();
  }

  private static boolean isOpenTo(PendingOrder order, @Nullable Account account) {
    return account != null && account.isVisibleTo(order.orderedBy());
  }
}
