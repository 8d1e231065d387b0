package io.simplebank.adapter.web.account;

import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.Limit;
import io.simplebank.domain.account.Limits;
import io.simplebank.domain.account.Spending;
import io.simplebank.domain.money.Money;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The limits of an account as clients see them. A limit that there is not is left out. */
@Serdeable(naming = SnakeCaseStrategy.class)
record LimitsJson(
    long accountId,
    String currency,
    long overdraftLimit,
    @Nullable Long maxTransfer,
    @Nullable Long dailyLimit,
    @Nullable Long monthlyLimit,
    long spentToday,
    long spentThisMonth,
    @Nullable Long dailyLeft,
    @Nullable Long monthlyLeft) {

  /** Of an account as it is now. */
  static LimitsJson of(Account account) {
    Limits limits = account.limits();
    Spending spent = account.spending();
    return new LimitsJson(
        account.id().value(),
        account.currency().getCurrencyCode(),
        account.overdraftLimit().minorUnits(),
        minorUnits(Optional.ofNullable(limits.perTransfer())),
        minorUnits(Optional.ofNullable(limits.perDay())),
        minorUnits(Optional.ofNullable(limits.perMonth())),
        spent.thatDay().minorUnits(),
        spent.thatMonth().minorUnits(),
        minorUnits(limits.left(Limit.PER_DAY, spent)),
        minorUnits(limits.left(Limit.PER_MONTH, spent)));
  }

  private static @Nullable Long minorUnits(Optional<Money> amount) {
    return amount.map(Money::minorUnits).orElse(null);
  }
}
