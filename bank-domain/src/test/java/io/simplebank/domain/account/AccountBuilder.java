package io.simplebank.domain.account;

import io.simplebank.domain.money.Money;
import io.simplebank.domain.user.Username;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/** Builds accounts for tests: open, empty and in euros unless told otherwise. */
public final class AccountBuilder {
  /** When every account here was opened. */
  public static final Instant OPENED_AT = Instant.parse("2026-01-01T00:00:00Z");

  private final AccountId id;
  private final Owner owner;
  private Currency currency = Currency.getInstance("EUR");
  private long balance;
  private long pendingDebits;
  private long overdraftLimit;
  private AccountStatus status = AccountStatus.OPEN;
  private Instant lastPostedAt = OPENED_AT;
  private @Nullable Long perTransfer;
  private @Nullable Long perDay;
  private @Nullable Long perMonth;
  private LocalDate spentOn = LocalDate.EPOCH;
  private long spentThatDay;
  private long spentThatMonth;

  private AccountBuilder(AccountId id, Owner owner) {
    this.id = id;
    this.owner = owner;
  }

  public static AccountBuilder accountOf(String username, long id) {
    return new AccountBuilder(new AccountId(id), Owner.customer(new Username(username)));
  }

  public static AccountBuilder settlementAccount(long id) {
    return new AccountBuilder(new AccountId(id), Owner.bank());
  }

  public AccountBuilder in(String currencyCode) {
    currency = Currency.getInstance(currencyCode);
    return this;
  }

  public AccountBuilder holding(long minorUnits) {
    balance = minorUnits;
    return this;
  }

  public AccountBuilder withPendingDebits(long minorUnits) {
    pendingDebits = minorUnits;
    return this;
  }

  public AccountBuilder withOverdraftLimit(long minorUnits) {
    overdraftLimit = minorUnits;
    return this;
  }

  public AccountBuilder that(AccountStatus isInThisState) {
    status = isInThisState;
    return this;
  }

  public AccountBuilder lastPostedAt(Instant at) {
    lastPostedAt = at;
    return this;
  }

  /** What may leave it, in minor units; null for no limit. */
  public AccountBuilder limitedTo(
      @Nullable Long transfer, @Nullable Long day, @Nullable Long month) {
    perTransfer = transfer;
    perDay = day;
    perMonth = month;
    return this;
  }

  public AccountBuilder havingSpent(LocalDate on, long thatDay, long thatMonth) {
    spentOn = on;
    spentThatDay = thatDay;
    spentThatMonth = thatMonth;
    return this;
  }

  public Account build() {
    return new Account(
        id,
        owner,
        new Money(balance, currency),
        new Money(pendingDebits, currency),
        new Money(overdraftLimit, currency),
        status,
        OPENED_AT,
        lastPostedAt,
        new Limits(money(perTransfer), money(perDay), money(perMonth)),
        new Spending(
            spentOn, new Money(spentThatDay, currency), new Money(spentThatMonth, currency)));
  }

  private @Nullable Money money(@Nullable Long minorUnits) {
    return minorUnits == null ? null : new Money(minorUnits, currency);
  }
}
