package io.simplebank.domain.port.in;

import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.idempotency.Once;
import io.simplebank.domain.idempotency.Reply;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.transfer.Reference;
import io.simplebank.domain.transfer.TransferOutcome;
import io.simplebank.domain.user.Caller;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A user sends money to many at once, in one transaction. */
public interface TransferInBatch {
  /** The most transfers of one batch. */
  int MAX_TRANSFERS = 1000;

  /**
   * Decides the transfers in turn, each with the effects of those before it; once for each key.
   * There is one outcome for each, in their order.
   */
  Reply transfer(Command command, Once<List<TransferOutcome>> once);

  /**
   * @param caller who orders it
   * @param atomic whether all are posted or none; else each has an outcome of its own
   * @param transfers 1 to {@value #MAX_TRANSFERS}, from accounts of the caller's
   */
  record Command(Caller caller, boolean atomic, List<Item> transfers) {
    /**
     * @throws IllegalArgumentException when there are too many transfers or none
     */
    public Command {
      transfers = List.copyOf(transfers);
      if (transfers.isEmpty() || transfers.size() > MAX_TRANSFERS) {
        throw new IllegalArgumentException("a batch has 1 to " + MAX_TRANSFERS + " transfers");
      }
    }
  }

  /**
   * @param from an account of the caller's
   * @param to the account that receives
   * @param amount how much, in the currency of both accounts
   * @param reference what for, when they say
   * @param pendingFor how long the amount is to be set aside, when it is not to move at once
   */
  record Item(
      AccountId from,
      AccountId to,
      Money amount,
      @Nullable Reference reference,
      @Nullable Duration pendingFor) {
    /** For a transfer that is to be posted at once. */
    public Item(AccountId from, AccountId to, Money amount, @Nullable Reference reference) {
      this(from, to, amount, reference, null);
    }
  }
}
