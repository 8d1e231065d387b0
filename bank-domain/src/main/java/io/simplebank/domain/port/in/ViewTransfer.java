package io.simplebank.domain.port.in;

import io.simplebank.domain.transfer.Transfer;
import io.simplebank.domain.transfer.TransferId;
import io.simplebank.domain.user.Caller;
import java.util.Optional;

/** A party to a transfer, or a banker, looks at it. */
public interface ViewTransfer {
  /** The transfer; empty when there is none or the caller may not see it, which is not told. */
  Optional<Transfer> view(Caller caller, TransferId id);
}
