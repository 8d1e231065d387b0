package io.simplebank.domain.money;

import java.util.Currency;
import java.util.Objects;

/**
 * An amount in whole minor units (cents, for a currency with two decimals) of one currency. It may
 * be negative: a debit is.
 *
 * <pre>{@code
 * Money.of(3025, "USD").plus(Money.of(75, "USD")) // 31.00 USD
 * }</pre>
 *
 * @param minorUnits the amount, counted in the smallest unit of the currency
 * @param currency an ISO 4217 currency that has minor units
 */
public record Money(long minorUnits, Currency currency) {
  /**
   * @throws IllegalArgumentException for the ISO 4217 codes that are no money, such as {@code XXX}
   */
  public Money {
    Objects.requireNonNull(currency, "currency");
    if (currency.getDefaultFractionDigits() < 0) {
      throw new IllegalArgumentException(currency + " has no minor units");
    }
  }

  /**
   * @param currencyCode an ISO 4217 code in upper case
   * @throws IllegalArgumentException when there is no such currency
   */
  public static Money of(long minorUnits, String currencyCode) {
    return new Money(minorUnits, Currency.getInstance(currencyCode));
  }

  /** Nothing at all, of that currency. */
  public static Money zero(Currency currency) {
    return new Money(0, currency);
  }

  /**
   * @throws ArithmeticException when the sum does not fit into 64 bits
   * @throws IllegalArgumentException when the currencies differ
   */
  public Money plus(Money other) {
    return new Money(Math.addExact(minorUnits, sameCurrency(other).minorUnits), currency);
  }

  /**
   * @throws ArithmeticException when the difference does not fit into 64 bits
   * @throws IllegalArgumentException when the currencies differ
   */
  public Money minus(Money other) {
    return new Money(Math.subtractExact(minorUnits, sameCurrency(other).minorUnits), currency);
  }

  /**
   * @throws ArithmeticException for the smallest 64-bit number, which has no opposite
   */
  public Money negated() {
    return new Money(Math.negateExact(minorUnits), currency);
  }

  /** Whether this is more than nothing. */
  public boolean isPositive() {
    return minorUnits > 0;
  }

  /** Whether this is nothing. */
  public boolean isZero() {
    return minorUnits == 0;
  }

  /** Whether this is less than nothing. */
  public boolean isNegative() {
    return minorUnits < 0;
  }

  /**
   * @throws IllegalArgumentException when the currencies differ
   */
  public boolean isLessThan(Money other) {
    return minorUnits < sameCurrency(other).minorUnits;
  }

  /**
   * Whether {@link #plus} of these two stays within 64 bits.
   *
   * @throws IllegalArgumentException when the currencies differ
   */
  public boolean canAdd(Money other) {
    long sum = minorUnits + sameCurrency(other).minorUnits;
    // The sum wrapped exactly if both operands have the sign that the sum has not (Hacker's
    // Delight, 2-13).
    return ((minorUnits ^ sum) & (other.minorUnits ^ sum)) >= 0;
  }

  private Money sameCurrency(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException("cannot combine " + currency + " with " + other.currency);
    }
    return other;
  }

  /** The count of minor units and the currency, for logs: {@code 3025 USD minor units}. */
  @Override
  public String toString() {
    return minorUnits + " " + currency.getCurrencyCode() + " minor units";
  }
}
