package io.simplebank.adapter.persistence.account;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.AccountStatus;
import io.simplebank.domain.account.Owner;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.user.Username;
import java.time.Instant;
import java.util.Currency;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A row of accounts; without an owner, it is a settlement account. */
@MappedEntity("accounts")
record AccountRow(
    @Id long id,
    @Nullable String owner,
    String currency,
    long balance,
    long pendingDebits,
    long overdraftLimit,
    String status,
    Instant createdAt,
    Instant lastPostedAt) {

  Account toAccount() {
    Currency inCurrency = Currency.getInstance(currency);
    return new Account(
        new AccountId(id),
        owner == null ? Owner.bank() : Owner.customer(new Username(owner)),
        new Money(balance, inCurrency),
        new Money(pendingDebits, inCurrency),
        new Money(overdraftLimit, inCurrency),
        AccountStatus.valueOf(status.toUpperCase(Locale.ROOT)),
        createdAt,
        lastPostedAt);
  }
}
