package io.simplebank.domain.port.out;

import io.simplebank.domain.transfer.Transfer;
import io.simplebank.domain.transfer.TransferId;
import java.util.Optional;

/** The store of transfers, for reading. */
public interface TransferRepository {
  /** The transfer of that number. */
  Optional<Transfer> find(TransferId id);
}
