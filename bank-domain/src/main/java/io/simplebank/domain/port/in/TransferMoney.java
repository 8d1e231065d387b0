package io.simplebank.domain.port.in;

import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.idempotency.Once;
import io.simplebank.domain.idempotency.Reply;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.transfer.Reference;
import io.simplebank.domain.transfer.TransferOutcome;
import io.simplebank.domain.user.Caller;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A user sends money from an account of their own to any customer's, or has it set aside for that.
 */
public interface TransferMoney {
  /**
   * Posts the transfer durably or makes it pending, or declines it without any effect; once for
   * each key.
   *
   * <p>Nobody waits for it here, because nothing is ordered more often. What is to be done with the
   * reply must not wait for anything either: others wait behind it. It fails with a {@link
   * RejectedExecutionException} when it was not carried out and will not be, as too many wait.
   */
  CompletionStage<Reply> transfer(Command command, Once<TransferOutcome> once);

  /**
   * @param caller who orders it
   * @param from an account of the caller's
   * @param to the account that receives
   * @param amount how much, in the currency of both accounts
   * @param reference what for, when they say
   * @param pendingFor how long the amount is to be set aside, when it is not to move at once
   */
  record Command(
      Caller caller,
      AccountId from,
      AccountId to,
      Money amount,
      @Nullable Reference reference,
      @Nullable Duration pendingFor) {
    /** For a transfer that is to be posted at once. */
    public Command(
        Caller caller, AccountId from, AccountId to, Money amount, @Nullable Reference reference) {
      this(caller, from, to, amount, reference, null);
    }
  }
}
