package io.simplebank.adapter.persistence.transfer;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.transfer.Entry;
import io.simplebank.domain.transfer.EntryId;
import io.simplebank.domain.transfer.TransferId;
import java.time.Instant;
import java.util.Currency;

/** A row of entries, with the currency of its account. */
@MappedEntity("entries")
record EntryRow(
    @Id long id,
    long accountId,
    long transferId,
    long amount,
    long balanceAfter,
    Instant createdAt,
    String currency) {

  Entry toEntry() {
    Currency inCurrency = Currency.getInstance(currency);
    return new Entry(
        new EntryId(id),
        new AccountId(accountId),
        new TransferId(transferId),
        new Money(amount, inCurrency),
        new Money(balanceAfter, inCurrency),
        createdAt);
  }
}
