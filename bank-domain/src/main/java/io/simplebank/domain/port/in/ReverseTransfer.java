package io.simplebank.domain.port.in;

import io.simplebank.domain.idempotency.Once;
import io.simplebank.domain.idempotency.Reply;
import io.simplebank.domain.transfer.Reference;
import io.simplebank.domain.transfer.TransferId;
import io.simplebank.domain.transfer.TransferOutcome;
import io.simplebank.domain.user.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Somebody gives back what was transferred to them, or a banker has it given back: a new transfer
 * the other way, linked to the old one.
 */
public interface ReverseTransfer {
  /** Posts the reversal durably, or declines it without any effect; once for each key. */
  Reply reverse(Command command, Once<TransferOutcome> once);

  /**
   * @param caller the owner of the account to which the money went, or a banker
   * @param transfer the transfer to be reversed
   * @param amount how many minor units of it; null for all that has not been reversed yet
   * @param reference what for, when they say
   */
  record Command(
      Caller caller, TransferId transfer, @Nullable Long amount, @Nullable Reference reference) {}
}
