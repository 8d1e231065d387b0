package io.simplebank.domain.port.in;

import io.simplebank.domain.idempotency.Once;
import io.simplebank.domain.idempotency.Reply;
import io.simplebank.domain.transfer.TransferId;
import io.simplebank.domain.transfer.TransferOutcome;
import io.simplebank.domain.user.Caller;

/** Somebody has what is set aside for a pending transfer of theirs released, or a banker does. */
public interface VoidPending {
  /** Releases the money durably, or declines that without any effect; once for each key. */
  Reply release(Command command, Once<TransferOutcome> once);

  /**
   * @param caller the owner of the account that is to pay, or a banker
   * @param transfer the transfer that was made pending
   */
  record Command(Caller caller, TransferId transfer) {}
}
