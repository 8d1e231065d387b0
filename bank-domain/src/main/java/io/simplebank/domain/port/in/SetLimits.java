package io.simplebank.domain.port.in;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.user.Caller;
import org.jspecify.annotations.Nullable;

/** A banker says how much may leave an account, and how far below zero it may go. */
public interface SetLimits {
  /**
   * Replaces all limits of the account and writes down what was changed, or says what stands in the
   * way. What has left the account already counts. Limits as they are change nothing.
   */
  Outcome set(Command command);

  /**
   * @param caller the banker
   * @param account whose limits
   * @param overdraftLimit how far below zero it may go, in minor units of its currency
   * @param perTransfer the most that one transfer may move, likewise; null for no such limit
   * @param perDay the most that may leave on one day, likewise; null for no such limit
   * @param perMonth the most that may leave in one month, likewise; null for no such limit
   */
  record Command(
      Caller caller,
      AccountId account,
      long overdraftLimit,
      @Nullable Long perTransfer,
      @Nullable Long perDay,
      @Nullable Long perMonth) {}

  /** What becomes of it. */
  sealed interface Outcome {
    /**
     * @param account with its limits and with what has left it today and this month
     */
    record Done(Account account) implements Outcome {}

    /** There is no such account of a customer's, or it is not the caller's to see. */
    record NoSuchAccount() implements Outcome {}

    /** The account is the caller's, but this is for a banker to do. */
    record BankersOnly() implements Outcome {}

    /** The account is closed, for good. */
    record Closed() implements Outcome {}

    /**
     * The account stands further below zero than it might then.
     *
     * @param inUse how much of an overdraft it needs as it stands, what is set aside included
     */
    record OverdraftInUse(Money inUse) implements Outcome {}

    /**
     * What could be spent would not fit into 64 bits any more.
     *
     * @param balance what stands on the account
     */
    record OverdraftTooHigh(Money balance) implements Outcome {}
  }
}
