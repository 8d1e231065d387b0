package io.simplebank.domain.account;

import io.simplebank.domain.money.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.Objects;

/**
 * How much has left an account on the latest day on which anything was posted to it, and in the
 * month of that day. What was reversed later has left all the same.
 *
 * @param day that day, in UTC
 * @param thatDay how much has left on it; never negative
 * @param thatMonth how much has left in its month, up to and on that day; not less than on the day.
 *     Both stand for as much or more when they are {@link Long#MAX_VALUE}: no limit is higher
 */
public record Spending(LocalDate day, Money thatDay, Money thatMonth) {
  /**
   * @throws IllegalArgumentException when an amount is negative, more has left on the day than in
   *     the month, or the currencies differ
   */
  public Spending {
    Objects.requireNonNull(day, "day");
    if (thatDay.isNegative() || thatMonth.isLessThan(thatDay)) {
      throw new IllegalArgumentException(
          "on a day " + thatDay + " and in its month " + thatMonth + " cannot have left");
    }
  }

  /** Nothing yet, on a day long before there were accounts. */
  public static Spending none(Currency currency) {
    return new Spending(LocalDate.EPOCH, Money.zero(currency), Money.zero(currency));
  }

  /**
   * What this comes to at that time: nothing yet, when that is on a later day or in a later month.
   * A time before the day counts as on it: the clock of another server was ahead, and no limit is
   * used twice for that.
   */
  Spending asOf(Instant time) {
    LocalDate now = LocalDate.ofInstant(time, ZoneOffset.UTC);
    if (!now.isAfter(day)) {
      return this;
    }
    Money nothing = Money.zero(thatDay.currency());
    boolean sameMonth = YearMonth.from(now).equals(YearMonth.from(day));
    return new Spending(now, nothing, sameMonth ? thatMonth : nothing);
  }

  /** This and that amount more, on the same day. */
  Spending plus(Money amount) {
    return new Spending(day, sum(thatDay, amount), sum(thatMonth, amount));
  }

  private static Money sum(Money spent, Money amount) {
    return spent.canAdd(amount) ? spent.plus(amount) : new Money(Long.MAX_VALUE, spent.currency());
  }
}
