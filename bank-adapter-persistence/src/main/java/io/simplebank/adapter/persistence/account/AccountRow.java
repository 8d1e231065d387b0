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
  private static final String COLUMNS_BUT_PENDING_DEBITS =
      """
      id, owner, currency, balance, overdraft_limit, status, created_at, last_posted_at,
        max_transfer, daily_limit, monthly_limit, spent_on, spent_that_day, spent_that_month
      """;

  static final String COLUMNS = COLUMNS_BUT_PENDING_DEBITS + ", pending_debits ";

  /**
   * The same as they are to be shown at {@code asked.at}: what expires by then is not pending. In
   * one statement, so that no hold is released twice while somebody else releases it.
   */
  static final String COLUMNS_AS_ASKED =
      COLUMNS_BUT_PENDING_DEBITS
          + """
          , pending_debits - (
            SELECT coalesce(sum(h.amount), 0)::bigint FROM holds h
            WHERE h.account_id = accounts.id AND h.expires_at <= asked.at) AS pending_debits
          """;

  /** From {@link #COLUMNS} or {@link #COLUMNS_AS_ASKED}, which come first there. */
  static AccountRow read(ResultSet rows) throws SQLException {
    return new AccountRow(
        rows.getLong(1),
        rows.getString(2),
        rows.getString(3),
        rows.getLong(4),
        rows.getLong(15),
        rows.getLong(5),
        rows.getString(6),
        rows.getObject(7, OffsetDateTime.class).toInstant(),
        rows.getObject(8, OffsetDateTime.class).toInstant(),
        rows.getObject(9, Long.class),
        rows.getObject(10, Long.class),
        rows.getObject(11, Long.class),
        rows.getObject(12, LocalDate.class),
        rows.getLong(13),
        rows.getLong(14));
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
