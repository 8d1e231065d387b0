package io.simplebank.domain.account;

import io.simplebank.domain.money.Money;
import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.Username;
import java.time.Instant;
import java.util.Currency;
import java.util.Objects;

/**
 * An account as it stands at one moment. Its {@linkplain #balance balance} is the sum of its
 * entries; what a customer may spend is the {@linkplain #available available balance}, which never
 * falls below zero.
 *
 * @param id its number
 * @param owner whose it is
 * @param balance the sum of its entries
 * @param pendingDebits what is set aside for transfers that are not settled yet; never negative
 * @param overdraftLimit how far below zero the balance may go; never negative, and not used for
 *     settlement accounts, which have no limit
 * @param status what may happen to it
 * @param createdAt when it was opened
 * @param lastPostedAt the time of its latest entry, or when money on it was last set aside or
 *     released, or when it was opened: nothing that happens later is dated before it, even when the
 *     clocks of two servers disagree
 * @param limits how much may leave it; none for settlement accounts
 * @param spending how much has left it within the periods of its limits
 */
public record Account(
    AccountId id,
    Owner owner,
    Money balance,
    Money pendingDebits,
    Money overdraftLimit,
    AccountStatus status,
    Instant createdAt,
    Instant lastPostedAt,
    Limits limits,
    Spending spending) {

  /**
   * @throws IllegalArgumentException when a customer's available balance is below zero, an amount
   *     that may not be negative is, a settlement account has limits, or the currencies differ
   * @throws ArithmeticException when the available balance does not fit into 64 bits, or would not
   *     once all that is set aside is released
   */
  public Account {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(owner, "owner");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(createdAt, "createdAt");
    Objects.requireNonNull(lastPostedAt, "lastPostedAt");
    if (pendingDebits.isNegative() || overdraftLimit.isNegative()) {
      throw new IllegalArgumentException(
          "account " + id.value() + ": pending debits and overdraft limit are never negative");
    }
    if (!limits.isFor(balance.currency())
        || !spending.thatDay().currency().equals(balance.currency())) {
      throw new IllegalArgumentException(
          "account " + id.value() + ": limits are in the currency of the account");
    }
    if (owner instanceof Owner.Bank && !limits.equals(Limits.NONE)) {
      throw new IllegalArgumentException("the bank limits no account of its own: " + id);
    }
    if (available(balance, pendingDebits, overdraftLimit).isNegative()
        && owner instanceof Owner.Customer) {
      throw new IllegalArgumentException(
          "account " + id.value() + " is overdrawn: " + balance + " less " + pendingDebits);
    }
  }

  /** A newly opened account, with nothing on it. */
  public static Account opened(AccountId id, Owner owner, Currency currency, Instant at) {
    Money zero = Money.zero(currency);
    return new Account(
        id,
        owner,
        zero,
        zero,
        zero,
        AccountStatus.OPEN,
        at,
        at,
        Limits.NONE,
        Spending.none(currency));
  }

  /** The currency of everything on this account. */
  public Currency currency() {
    return balance.currency();
  }

  /** What may be spent now: the balance less what is set aside, and the overdraft limit on top. */
  public Money available() {
    return available(balance, pendingDebits, overdraftLimit);
  }

  /** Whether this account is that user's. */
  public boolean isOwnedBy(Username username) {
    return owner instanceof Owner.Customer customer && customer.username().equals(username);
  }

  /** Whether that caller may look at this account: its owner may, and every banker. */
  public boolean isVisibleTo(Caller caller) {
    return caller.isBanker() || isOwnedBy(caller.username());
  }

  /** Whether this is one of the bank's own accounts, which may stand below zero. */
  public boolean isSettlement() {
    return owner instanceof Owner.Bank;
  }

  /** Whether the available balance covers that amount; a settlement account covers any. */
  public boolean covers(Money amount) {
    return isSettlement() || !available().isLessThan(amount);
  }

  /**
   * Whether the account's figures still fit into 64 bits once that (positive or negative) amount is
   * booked, and also once all that is set aside is released.
   */
  public boolean canBook(Money amount) {
    return balance.canAdd(amount)
        && available().canAdd(amount)
        && balance.plus(overdraftLimit).canAdd(amount);
  }

  /**
   * This account with one more entry on it.
   *
   * @param amount positive for a credit, negative for a debit
   * @param at the time of the entry, not before {@link #lastPostedAt}
   * @throws IllegalArgumentException when the account would be overdrawn, the currency is another
   *     or the time runs backwards
   * @throws ArithmeticException when the new balance does not fit into 64 bits
   */
  public Account booked(Money amount, Instant at) {
    requireNotBefore(at);
    return new Account(
        id,
        owner,
        balance.plus(amount),
        pendingDebits,
        overdraftLimit,
        status,
        createdAt,
        at,
        limits,
        spending);
  }

  /** This account at that time: on a new day nothing has left it yet. */
  public Account asOf(Instant time) {
    return with(overdraftLimit, status, limits, spending.asOf(time));
  }

  /** This account when that (positive) amount more counts as having left it. */
  public Account spent(Money amount) {
    return with(overdraftLimit, status, limits, spending.plus(amount));
  }

  /**
   * How far below zero the account has to be allowed to go as it stands, what is set aside
   * included; zero where it needs no overdraft.
   */
  public Money overdraftInUse() {
    Money needed = pendingDebits.minus(balance);
    return needed.isNegative() ? Money.zero(currency()) : needed;
  }

  /**
   * Whether the available balance would fit into 64 bits with that overdraft limit, also once all
   * that is set aside is released.
   */
  public boolean canHaveOverdraftLimit(Money limit) {
    return balance.canAdd(limit);
  }

  /**
   * This account with those limits.
   *
   * @throws IllegalArgumentException when more of an overdraft is in use, the currencies differ, or
   *     the account is the bank's
   * @throws ArithmeticException when the available balance would not fit into 64 bits
   */
  public Account limitedTo(Money newOverdraftLimit, Limits newLimits) {
    return with(newOverdraftLimit, status, newLimits, spending);
  }

  /**
   * This account after that change of its status.
   *
   * @throws IllegalArgumentException when the change leads nowhere from here, or would close an
   *     account with something on it
   */
  public Account changedBy(StatusChange change) {
    boolean empty = balance.isZero() && pendingDebits.isZero();
    if (!change.leadsFrom(status) || (change == StatusChange.CLOSE && !empty)) {
      throw new IllegalArgumentException(
          "account " + id.value() + ", which is " + status + ", takes no " + change);
    }
    return with(overdraftLimit, change.to(), limits, spending);
  }

  private Account with(
      Money newOverdraftLimit, AccountStatus newStatus, Limits newLimits, Spending newSpending) {
    return new Account(
        id,
        owner,
        balance,
        pendingDebits,
        newOverdraftLimit,
        newStatus,
        createdAt,
        lastPostedAt,
        newLimits,
        newSpending);
  }

  /**
   * This account with that much more set aside.
   *
   * @param at the time, not before {@link #lastPostedAt}
   * @throws IllegalArgumentException when the account would be overdrawn, the currency is another
   *     or the time runs backwards
   */
  public Account withSetAside(Money amount, Instant at) {
    requireNotBefore(at);
    return setAside(pendingDebits.plus(amount), at);
  }

  /**
   * This account with that much of what is set aside released.
   *
   * @param at the time, not before {@link #lastPostedAt}
   * @throws IllegalArgumentException when not as much is set aside, the currency is another or the
   *     time runs backwards
   */
  public Account withReleased(Money amount, Instant at) {
    requireNotBefore(at);
    return setAside(pendingDebits.minus(amount), at);
  }

  private Account setAside(Money newPendingDebits, Instant at) {
    return new Account(
        id,
        owner,
        balance,
        newPendingDebits,
        overdraftLimit,
        status,
        createdAt,
        at,
        limits,
        spending);
  }

  private void requireNotBefore(Instant at) {
    if (at.isBefore(lastPostedAt)) {
      throw new IllegalArgumentException(
          "account " + id.value() + ": an entry at " + at + " would precede " + lastPostedAt);
    }
  }

  private static Money available(Money balance, Money pendingDebits, Money overdraftLimit) {
    // In this order, so that an account where it fits can always release what is set aside.
    return balance.plus(overdraftLimit).minus(pendingDebits);
  }
}
