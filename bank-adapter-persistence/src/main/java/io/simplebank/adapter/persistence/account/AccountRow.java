package io.simplebank.adapter.persistence.account;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.AccountStatus;
import io.simplebank.domain.account.Limits;
import io.simplebank.domain.account.Owner;
import io.simplebank.domain.account.Spending;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.user.Username;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
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
    Instant lastPostedAt,
    @Nullable Long maxTransfer,
    @Nullable Long dailyLimit,
    @Nullable Long monthlyLimit,
    LocalDate spentOn,
    long spentThatDay,
    long spentThatMonth) {

  /** The row that comes next in these, all its columns from that one on, in their order. */
  static AccountRow read(ResultSet rows, int first) throws SQLException {
    return new AccountRow(
        rows.getLong(first),
        rows.getString(first + 1),
        rows.getString(first + 2),
        rows.getLong(first + 3),
        rows.getLong(first + 4),
        rows.getLong(first + 5),
        rows.getString(first + 6),
        rows.getObject(first + 7, OffsetDateTime.class).toInstant(),
        rows.getObject(first + 8, OffsetDateTime.class).toInstant(),
        rows.getObject(first + 9, Long.class),
        rows.getObject(first + 10, Long.class),
        rows.getObject(first + 11, Long.class),
        rows.getObject(first + 12, LocalDate.class),
        rows.getLong(first + 13),
        rows.getLong(first + 14));
  }

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
        lastPostedAt,
        new Limits(
            money(maxTransfer, inCurrency),
            money(dailyLimit, inCurrency),
            money(monthlyLimit, inCurrency)),
        new Spending(
            spentOn, new Money(spentThatDay, inCurrency), new Money(spentThatMonth, inCurrency)));
  }

  private static @Nullable Money money(@Nullable Long minorUnits, Currency currency) {
    return minorUnits == null ? null : new Money(minorUnits, currency);
  }
}
