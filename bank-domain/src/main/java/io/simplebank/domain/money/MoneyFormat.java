package io.simplebank.domain.money;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Amounts as people write them: {@code 1234.50 USD}, {@code 1234 JPY}, {@code -1.234 KWD}. The
 * number of decimals is the currency's own in ISO 4217. The text is the same in every locale, and
 * {@link #parse} reads back every {@link Money} that {@link #print} has printed.
 *
 * <p>Nothing is rounded: what is no whole number of minor units is refused.
 *
 * <pre>{@code
 * MoneyFormat.print(Money.of(123450, "USD")) // "1234.50 USD"
 * MoneyFormat.parse("1234.50 USD") // Money.of(123450, "USD")
 * MoneyFormat.parse("1234.505 USD") // IllegalArgumentException: USD has 2 decimals, not 3
 * }</pre>
 */
public final class MoneyFormat {
  // Lenient only where more can be said than that it is no amount. The quantifiers are possessive:
  // a text of any length is read once.
  private static final Pattern AMOUNT =
      Pattern.compile("(-?)([0-9]++)(?:\\.([0-9]++))? ([A-Z]{3})");

  private static final String EXPECTED = "an amount is written like 1234.50 USD";

  private MoneyFormat() {}

  /**
   * The amount with all decimals of its currency, a point before them, no grouping, a minus sign if
   * it is negative, then one space and the ISO 4217 code.
   *
   * @param money any amount, not null; no amount is too large or too small
   * @throws NullPointerException when there is none
   */
  public static String print(Money money) {
    int decimals = money.currency().getDefaultFractionDigits();
    return BigDecimal.valueOf(money.minorUnits(), decimals).toPlainString()
        + " "
        + money.currency().getCurrencyCode();
  }

  /**
   * The amount that is written there: a minus sign if it is negative, digits from 0 to 9 without
   * grouping or leading zeros, a point and decimals, one space, and the ISO 4217 code in capitals.
   * Decimals may be left out, all or the last ones, because that is exact: {@code 5 USD} and {@code
   * 5.0 USD} are {@code 5.00 USD}.
   *
   * <p>Nothing else is read, lest it be taken for what was not meant: no plus sign, no negative
   * zero, no comma, no exponent, no digits of other scripts, no space around the text.
   *
   * @param text what is written, not null
   * @throws IllegalArgumentException saying why, when it is no amount, has more decimals than the
   *     currency, or does not fit into 64 bits of minor units
   * @throws NullPointerException when there is no text
   */
  public static Money parse(String text) {
    Matcher matcher = AMOUNT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(EXPECTED);
    }
    Currency currency = currency(matcher.group(4));
    String sign = matcher.group(1);
    String whole = matcher.group(2);
    String decimals = matcher.group(3) == null ? "" : matcher.group(3);
    int places = currency.getDefaultFractionDigits();
    if (places < 0) {
      throw new IllegalArgumentException(currency + " has no minor units");
    }
    if (decimals.length() > places) {
      throw new IllegalArgumentException(
          currency + " has " + places + " decimals, not " + decimals.length());
    }
    if (whole.length() > 1 && whole.startsWith("0")) {
      throw new IllegalArgumentException("an amount has no leading zeros");
    }
    long minorUnits = minorUnits(sign + whole + decimals + "0".repeat(places - decimals.length()));
    if (minorUnits == 0 && !sign.isEmpty()) {
      throw new IllegalArgumentException("zero has no sign");
    }
    return new Money(minorUnits, currency);
  }

  private static Currency currency(String code) {
    try {
      return Currency.getInstance(code);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not an ISO 4217 currency: " + code, e);
    }
  }

  private static long minorUnits(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("the amount does not fit into 64 bits of minor units", e);
    }
  }
}
