package io.simplebank.domain.account;

import io.simplebank.domain.money.Money;

/** Why the status of an account is not changed: what one of the {@link StatusRule}s objects. */
public sealed interface StatusRefusal {
  /**
   * There is no such account of a customer's, or it is not the caller's to see: which of them is
   * not told.
   *
   * @param account the account that was named
   */
  record AccountNotFound(AccountId account) implements StatusRefusal {}

  /**
   * The account is the caller's, but this is for a banker to do.
   *
   * @param account which
   */
  record BankersOnly(AccountId account) implements StatusRefusal {}

  /**
   * The change leads nowhere from where the account is.
   *
   * @param account which
   * @param status its status
   */
  record WrongStatus(AccountId account, AccountStatus status) implements StatusRefusal {}

  /**
   * There is money on an account that is to be closed, or it is overdrawn.
   *
   * @param account which
   * @param balance what stands on it
   */
  record NotEmpty(AccountId account, Money balance) implements StatusRefusal {}

  /**
   * Something is set aside on an account that is to be closed.
   *
   * @param account which
   * @param pendingDebits how much
   */
  record DebitsPending(AccountId account, Money pendingDebits) implements StatusRefusal {}
}
