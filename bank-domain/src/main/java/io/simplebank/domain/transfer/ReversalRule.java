package io.simplebank.domain.transfer;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.money.Money;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a reversal must keep beyond the {@link TransferRule}s of the movement that it is, in the
 * order in which it is asked, which is before those: where several speak against it, the first is
 * the reason that the caller is given. First whether the caller may see the transfer, then whether
 * they may reverse it, and only then what has become of it.
 *
 * <p>Each rule is a pure function.
 */
public enum ReversalRule {
  /** The caller is a party to the transfer, or a banker. */
  PARTIES_ONLY {
    @Override
    @Nullable Decline objection(
        ReversalOrder order, @Nullable Account payer, @Nullable Account recipient, Money left) {
      return isOpenTo(order, payer) || isOpenTo(order, recipient)
          ? null
          : new Decline.TransferNotFound(order.original().id());
    }
  },
  /** Only those to whom the money went give it back, or a banker does. */
  RECIPIENT_GIVES_BACK {
    @Override
    @Nullable Decline objection(
        ReversalOrder order, @Nullable Account payer, @Nullable Account recipient, Money left) {
      return isOpenTo(order, recipient) ? null : new Decline.RecipientOnly(order.original().id());
    }
  },
  /** Money enters and leaves the ledger by a banker's hand only. */
  STAFF_MOVES_SETTLEMENT_MONEY {
    @Override
    @Nullable Decline objection(
        ReversalOrder order, @Nullable Account payer, @Nullable Account recipient, Money left) {
      boolean leavesTheLedger = payer != null && payer.isSettlement();
      return leavesTheLedger && !order.orderedBy().isBanker() ? new Decline.BankersOnly() : null;
    }
  },
  /** A reversal stays: whoever wants the money moved once more orders a transfer. */
  REVERSALS_STAY {
    @Override
    @Nullable Decline objection(
        ReversalOrder order, @Nullable Account payer, @Nullable Account recipient, Money left) {
      return order.original().reverses() == null
          ? null
          : new Decline.NotReversible(order.original().id());
    }
  },
  /** What was only set aside is released, not given back; what settled it is another transfer. */
  MONEY_HAS_MOVED {
    @Override
    @Nullable Decline objection(
        ReversalOrder order, @Nullable Account payer, @Nullable Account recipient, Money left) {
      return order.original().wasMadePending()
          ? new Decline.NothingMoved(order.original().id())
          : null;
    }
  },
  /** All reversals together never exceed the transfer. */
  NO_MORE_THAN_WAS_MOVED {
    @Override
    @Nullable Decline objection(
        ReversalOrder order, @Nullable Account payer, @Nullable Account recipient, Money left) {
      return left.isPositive() && !left.isLessThan(order.amountOf(left))
          ? null
          : new Decline.ReversalExceedsOriginal(order.original().id(), left);
    }
  };

  private static final List<ReversalRule> IN_ORDER_OF_PRECEDENCE = List.of(values());
  private static final List<ReversalRule> ABOUT_THE_CALLER =
      List.of(RECIPIENT_GIVES_BACK, STAFF_MOVES_SETTLEMENT_MONEY);

  /** What this rule has against the order, or null when it has nothing. */
  abstract @Nullable Decline objection(
      ReversalOrder order, @Nullable Account payer, @Nullable Account recipient, Money left);

  /**
   * Asks all rules in turn.
   *
   * @param payer the account from which the money came, or null when there is none
   * @param recipient the account to which the money went, or null when there is none
   * @param left what has not been reversed yet
   * @return the first objection; empty when it is for the {@link TransferRule}s to decide
   */
  public static Optional<Decline> firstObjection(
      ReversalOrder order, @Nullable Account payer, @Nullable Account recipient, Money left) {
    return firstOf(IN_ORDER_OF_PRECEDENCE, order, payer, recipient, left);
  }

  /**
   * What speaks against the caller, whatever has become of the transfer. Owners do not change, so
   * this can be asked of accounts that are not locked.
   *
   * @param payer the account from which the money came
   * @param recipient the account to which the money went
   */
  public static Optional<Decline> authorization(
      ReversalOrder order, Account payer, Account recipient) {
    return firstOf(ABOUT_THE_CALLER, order, payer, recipient, order.original().amount());
  }

  private static Optional<Decline> firstOf(
      List<ReversalRule> rules,
      ReversalOrder order,
      @Nullable Account payer,
      @Nullable Account recipient,
      Money left) {
    for (ReversalRule rule : rules) {
      Decline objection = rule.objection(order, payer, recipient, left);
      if (objection != null) {
        return Optional.of(objection);
      }
    }
    return Optional.empty();
  }

  private static boolean isOpenTo(ReversalOrder order, @Nullable Account account) {
    return account != null && account.isVisibleTo(order.orderedBy());
  }
}
