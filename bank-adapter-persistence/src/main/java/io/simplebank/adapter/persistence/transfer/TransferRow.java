package io.simplebank.adapter.persistence.transfer;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.transfer.Reference;
import io.simplebank.domain.transfer.Transfer;
import io.simplebank.domain.transfer.TransferId;
import java.time.Instant;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/** A row of transfers, with the currency of its accounts. */
@MappedEntity("transfers")
record TransferRow(
    @Id long id,
    long fromAccountId,
    long toAccountId,
    long amount,
    @Nullable String reference,
    Instant createdAt,
    @Nullable Long reversesTransferId,
    String currency) {

  Transfer toTransfer() {
    return new Transfer(
        new TransferId(id),
        new AccountId(fromAccountId),
        new AccountId(toAccountId),
        new Money(amount, Currency.getInstance(currency)),
        Reference.ofNullable(reference),
        createdAt,
        reversesTransferId == null ? null : new TransferId(reversesTransferId));
  }
}
