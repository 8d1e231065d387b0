package io.simplebank.domain.transfer;

import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.AccountStatus;
import io.simplebank.domain.account.Limit;
import io.simplebank.domain.money.Money;
import java.util.Currency;

/**
 * Why an order was declined. Each but the last is what one of the {@link TransferRule}s, {@link
 * ReversalRule}s or {@link PendingRule}s objects.
 */
public sealed interface Decline {
  /** The caller is not a member of the bank's staff, and this is for them alone. */
  record BankersOnly() implements Decline {}

  /**
   * The amount is zero or less.
   *
   * @param amount what was asked for
   */
  record AmountNotPositive(Money amount) implements Decline {}

  /**
   * Both sides are the same account.
   *
   * @param account that account
   */
  record SameAccount(AccountId account) implements Decline {}

  /**
   * There is no such account, or it is not the caller's to use in this way: which of the two is not
   * told.
   *
   * @param account the account that was named
   */
  record AccountNotFound(AccountId account) implements Decline {}

  /**
   * The account is in a state in which it does not pay, or does not receive.
   *
   * @param account which
   * @param status its state
   */
  record AccountNotOpen(AccountId account, AccountStatus status) implements Decline {}

  /**
   * An account is not in the currency of the order.
   *
   * @param account which
   * @param actual the account's currency
   * @param ordered the order's currency
   */
  record CurrencyMismatch(AccountId account, Currency actual, Currency ordered)
      implements Decline {}

  /**
   * The bank keeps no accounts in that currency.
   *
   * @param currency the order's currency
   */
  record CurrencyNotOffered(Currency currency) implements Decline {}

  /**
   * More would leave the account than it may.
   *
   * @param account the account that would pay
   * @param limit the limit that leaves least
   * @param left how much that is
   */
  record LimitExceeded(AccountId account, Limit limit, Money left) implements Decline {}

  /**
   * The available balance does not cover the amount.
   *
   * @param account the account that would pay
   */
  record InsufficientFunds(AccountId account) implements Decline {}

  /**
   * A balance would not fit into 64 bits any more.
   *
   * @param account which
   */
  record BalanceOverflow(AccountId account) implements Decline {}

  /**
   * There is no such transfer, or it is not the caller's to see: which of the two is not told.
   *
   * @param transfer the transfer that was named
   */
  record TransferNotFound(TransferId transfer) implements Decline {}

  /**
   * The caller is a party to the transfer, but not the one to whom it went.
   *
   * @param transfer which
   */
  record RecipientOnly(TransferId transfer) implements Decline {}

  /**
   * The transfer is a reversal itself.
   *
   * @param transfer which
   */
  record NotReversible(TransferId transfer) implements Decline {}

  /**
   * The transfer was made pending. Whatever has become of that, it moved no money itself; the one
   * that settled it did.
   *
   * @param transfer which
   */
  record NothingMoved(TransferId transfer) implements Decline {}

  /**
   * All reversals together would exceed the transfer.
   *
   * @param transfer the transfer that was to be reversed
   * @param left what has not been reversed of it
   */
  record ReversalExceedsOriginal(TransferId transfer, Money left) implements Decline {}

  /**
   * The caller is a party to the pending transfer, but not the one whose money is set aside.
   *
   * @param transfer which
   */
  record PayerOnly(TransferId transfer) implements Decline {}

  /**
   * The transfer was not made pending: there is nothing to settle or release.
   *
   * @param transfer which
   */
  record TransferNotPending(TransferId transfer) implements Decline {}

  /**
   * The pending transfer has been settled.
   *
   * @param transfer which
   */
  record TransferAlreadyPosted(TransferId transfer) implements Decline {}

  /**
   * The pending transfer has been released.
   *
   * @param transfer which
   */
  record TransferAlreadyVoided(TransferId transfer) implements Decline {}

  /**
   * The pending transfer was released by itself, when its time had come.
   *
   * @param transfer which
   */
  record TransferExpired(TransferId transfer) implements Decline {}

  /**
   * More than was set aside would move.
   *
   * @param transfer the pending transfer
   * @param setAside what was set aside for it
   */
  record ExceedsPendingAmount(TransferId transfer, Money setAside) implements Decline {}

  /**
   * Nothing speaks against this order, but it was to be posted together with others or not at all.
   *
   * @param culprit the place, counted from 0, of the first of them that was declined
   */
  record BatchDeclined(int culprit) implements Decline {}
}
