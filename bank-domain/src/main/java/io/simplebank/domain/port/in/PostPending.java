package io.simplebank.domain.port.in;

import io.simplebank.domain.idempotency.Once;
import io.simplebank.domain.idempotency.Reply;
import io.simplebank.domain.transfer.TransferId;
import io.simplebank.domain.transfer.TransferOutcome;
import io.simplebank.domain.user.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Somebody settles a pending transfer of theirs, or a banker does: a new transfer, linked to the
 * pending one. What does not move is released.
 */
public interface PostPending {
  /** Posts the settlement durably, or declines it without any effect; once for each key. */
  Reply post(Command command, Once<TransferOutcome> once);

  /**
   * @param caller the owner of the account that is to pay, or a banker
   * @param transfer the transfer that was made pending
   * @param amount how many minor units of it; null for all of it
   */
  record Command(Caller caller, TransferId transfer, @Nullable Long amount) {}
}
