package io.simplebank.domain.transfer;

import io.simplebank.domain.account.Account;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a transfer, in the order in which they are asked: where several speak against an
 * order, the first is the reason that the caller is given. The order is part of the contract; it
 * puts first what needs no account, then whether the caller may know the accounts at all, and only
 * then what stands on them, so that no answer tells more than the caller may see.
 *
 * <p>Each rule is a pure function. The rules behind {@link #RECIPIENT_EXISTS} are asked only about
 * orders whose two accounts exist, because those up to it let no other pass.
 */
public enum TransferRule {
  /** Money enters and leaves the ledger by a banker's hand only. */
  STAFF_MOVES_SETTLEMENT_MONEY {
    @Override
    @Nullable Decline objection(TransferOrder order, @Nullable Account from, @Nullable Account to) {
      return order.kind().isFor(order.orderedBy()) ? null : new Decline.BankersOnly();
    }
  },
  /** An amount is more than nothing. */
  POSITIVE_AMOUNT {
    @Override
    @Nullable Decline objection(TransferOrder order, @Nullable Account from, @Nullable Account to) {
      return order.amount().isPositive() ? null : new Decline.AmountNotPositive(order.amount());
    }
  },
  /** Money moves between two accounts, not within one. */
  TWO_ACCOUNTS {
    @Override
    @Nullable Decline objection(TransferOrder order, @Nullable Account from, @Nullable Account to) {
      return order.from().equals(order.to()) ? new Decline.SameAccount(order.from()) : null;
    }
  },
  /**
   * The account that pays exists and is the caller's; for a deposit, it is the settlement account,
   * for a withdrawal a customer's, and for what names an earlier transfer any when a banker orders
   * it.
   */
  PAYER_IS_THE_CALLERS {
    @Override
    @Nullable Decline objection(TransferOrder order, @Nullable Account from, @Nullable Account to) {
      boolean usable =
          from != null
              && switch (order.kind()) {
                case TRANSFER -> from.isOwnedBy(order.orderedBy().username());
                case DEPOSIT -> from.isSettlement();
                case WITHDRAWAL -> !from.isSettlement();
                case REVERSAL, POST_PENDING ->
                    order.orderedBy().isBanker() || from.isOwnedBy(order.orderedBy().username());
              };
      return usable ? null : new Decline.AccountNotFound(order.from());
    }
  },
  /**
   * The account that receives exists and, unless this is a withdrawal or a reversal, is a
   * customer's.
   */
  RECIPIENT_EXISTS {
    @Override
    @Nullable Decline objection(TransferOrder order, @Nullable Account from, @Nullable Account to) {
      boolean usable =
          to != null
              && switch (order.kind()) {
                case TRANSFER, DEPOSIT, POST_PENDING -> !to.isSettlement();
                case WITHDRAWAL -> to.isSettlement();
                case REVERSAL -> true;
              };
      return usable ? null : new Decline.AccountNotFound(order.to());
    }
  },
  /** The account that pays may pay, and the one that receives may receive. */
  ACCOUNTS_ARE_OPEN {
    @Override
    @Nullable Decline objection(TransferOrder order, @Nullable Account from, @Nullable Account to) {
      Account payer = present(from);
      if (!payer.status().canPay()) {
        return new Decline.AccountNotOpen(payer.id(), payer.status());
      }
      Account recipient = present(to);
      return recipient.status().canReceive()
          ? null
          : new Decline.AccountNotOpen(recipient.id(), recipient.status());
    }
  },
  /** The order and both accounts are in one currency: the bank does not exchange. */
  ONE_CURRENCY {
    @Override
    @Nullable Decline objection(TransferOrder order, @Nullable Account from, @Nullable Account to) {
      Currency ordered = order.amount().currency();
      Account payer = present(from);
      if (!payer.currency().equals(ordered)) {
        return new Decline.CurrencyMismatch(payer.id(), payer.currency(), ordered);
      }
      Account recipient = present(to);
      return recipient.currency().equals(ordered)
          ? null
          : new Decline.CurrencyMismatch(recipient.id(), recipient.currency(), ordered);
    }
  },
  /**
   * No more leaves the account that pays than bankers have set for it. Before the funds are looked
   * at: who was told that they do not suffice might pay in, and be declined all the same.
   */
  WITHIN_LIMITS {
    @Override
    @Nullable Decline objection(TransferOrder order, @Nullable Account from, @Nullable Account to) {
      Account payer = present(from);
      if (!order.kind().countsAsSpending()) {
        return null;
      }
      return payer
          .limits()
          .narrowest(payer.spending())
          .filter(room -> room.amount().isLessThan(order.amount()))
          .map(room -> new Decline.LimitExceeded(payer.id(), room.limit(), room.amount()))
          .orElse(null);
    }
  },
  /** The available balance covers the amount, unless the bank itself pays. */
  ENOUGH_FUNDS {
    @Override
    @Nullable Decline objection(TransferOrder order, @Nullable Account from, @Nullable Account to) {
      Account payer = present(from);
      return payer.covers(order.amount()) ? null : new Decline.InsufficientFunds(payer.id());
    }
  },
  /** Both balances still fit into 64 bits. */
  NO_OVERFLOW {
    @Override
    @Nullable Decline objection(TransferOrder order, @Nullable Account from, @Nullable Account to) {
      Account payer = present(from);
      if (!payer.canBook(order.amount().negated())) {
        return new Decline.BalanceOverflow(payer.id());
      }
      Account recipient = present(to);
      return recipient.canBook(order.amount()) ? null : new Decline.BalanceOverflow(recipient.id());
    }
  };

  private static final List<TransferRule> IN_ORDER_OF_PRECEDENCE = List.of(values());

  /** What this rule has against the order, or null when it has nothing. */
  abstract @Nullable Decline objection(
      TransferOrder order, @Nullable Account from, @Nullable Account to);

  /**
   * Asks all rules in turn.
   *
   * @param from the account {@link TransferOrder#from} names, or null when there is none
   * @param to the account {@link TransferOrder#to} names, or null when there is none
   * @return the first objection; empty when the order may be posted
   */
  public static Optional<Decline> firstObjection(
      TransferOrder order, @Nullable Account from, @Nullable Account to) {
    for (TransferRule rule : IN_ORDER_OF_PRECEDENCE) {
      Decline objection = rule.objection(order, from, to);
      if (objection != null) {
        return Optional.of(objection);
      }
    }
    return Optional.empty();
  }

  private static Account present(@Nullable Account account) {
    if (account == null) {
      throw new IllegalStateException("an earlier rule has let a missing account pass");
    }
    return account;
  }
}
