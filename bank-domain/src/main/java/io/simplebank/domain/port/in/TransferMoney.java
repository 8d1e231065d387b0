package io.simplebank.domain.port.in;

import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.idempotency.Once;
import io.simplebank.domain.idempotency.Reply;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.transfer.Reference;
import io.simplebank.domain.transfer.TransferOutcome;
import io.simplebank.domain.user.Caller;
import org.jspecify.annotations.Nullable;

/** A user sends money from an account of their own to any customer's. */
public interface TransferMoney {
  /** Posts the transfer durably, or declines it without any effect; once for each key. */
  Reply transfer(Command command, Once<TransferOutcome> once);

  /**
   * @param caller who orders it
   * @param from an account of the caller's
   * @param to the account that receives
   * @param amount how much, in the currency of both accounts
   * @param reference what for, when they say
   */
  record Command(
      Caller caller, AccountId from, AccountId to, Money amount, @Nullable Reference reference) {}
}
