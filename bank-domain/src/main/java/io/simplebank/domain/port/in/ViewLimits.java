package io.simplebank.domain.port.in;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.user.Caller;
import java.util.Optional;

/** An owner, or a banker, asks what may leave an account, and how much of that is left. */
public interface ViewLimits {
  /**
   * The account with its limits, and with what has left it today and this month; empty when there
   * is no such account of a customer's or the caller may not see it, which is not told.
   */
  Optional<Account> viewLimits(Caller caller, AccountId id);
}
