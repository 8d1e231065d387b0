package io.simplebank.adapter.persistence.transfer;

import io.simplebank.domain.port.out.TransferRepository;
import io.simplebank.domain.transfer.Transfer;
import io.simplebank.domain.transfer.TransferId;
import jakarta.inject.Singleton;
import java.util.Optional;

@Singleton
final class PostgresTransferRepository implements TransferRepository {
  private final TransferRows rows;

  PostgresTransferRepository(TransferRows rows) {
    this.rows = rows;
  }

  @Override
  public Optional<Transfer> find(TransferId id) {
    return rows.find(id.value()).map(TransferRow::toTransfer);
  }
}
