package io.simplebank.domain.port.in;

import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.idempotency.Once;
import io.simplebank.domain.idempotency.Reply;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.transfer.Reference;
import io.simplebank.domain.transfer.TransferOutcome;
import io.simplebank.domain.user.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Cash or an incoming payment: a banker credits a customer's account, against the bank's settlement
 * account of that currency.
 */
public interface DepositMoney {
  /** Posts it durably, or declines it without any effect; once for each key. */
  Reply deposit(Command command, Once<TransferOutcome> once);

  /**
   * @param caller the banker
   * @param account the customer's account, which receives
   * @param amount how much, in the currency of the account
   * @param reference what for, when they say
   */
  record Command(Caller caller, AccountId account, Money amount, @Nullable Reference reference) {}
}
