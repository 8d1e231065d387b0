package io.simplebank.adapter.persistence.transfer;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.transfer.Reference;
import io.simplebank.domain.transfer.Transfer;
import io.simplebank.domain.transfer.TransferId;
import io.simplebank.domain.transfer.TransferStatus;
import java.time.Instant;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * A row of transfers, with the currency of its accounts.
 *
 * @param outcome of its row in resolutions, when there is one
 */
@MappedEntity("transfers")
record TransferRow(
    @Id long id,
    long fromAccountId,
    long toAccountId,
    long amount,
    @Nullable String reference,
    Instant createdAt,
    @Nullable Long reversesTransferId,
    @Nullable Long pendingTransferId,
    @Nullable Instant expiresAt,
    String currency,
    @Nullable String outcome) {

  Transfer toTransfer() {
    return new Transfer(
        new TransferId(id),
        new AccountId(fromAccountId),
        new AccountId(toAccountId),
        new Money(amount, Currency.getInstance(currency)),
        Reference.ofNullable(reference),
        createdAt,
        transferId(reversesTransferId),
        transferId(pendingTransferId),
        expiresAt,
        status());
  }

  private TransferStatus status() {
    if (expiresAt == null) {
      return TransferStatus.POSTED;
    }
    return outcome == null ? TransferStatus.PENDING : TransferStatus.ofCode(outcome);
  }

  private static @Nullable TransferId transferId(@Nullable Long id) {
    return id == null ? null : new TransferId(id);
  }
}
