package io.simplebank.domain.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MoneyFormatTest {
  private static final String NO_AMOUNT = "an amount is written like 1234.50 USD";

  @ParameterizedTest
  @CsvSource({
    "123450, USD, 1234.50 USD",
    "1234, JPY, 1234 JPY",
    "1234567, KWD, 1234.567 KWD",
    "12345678, CLF, 1234.5678 CLF",
    "0, USD, 0.00 USD",
    "0, JPY, 0 JPY",
    "0, KWD, 0.000 KWD",
    "5, USD, 0.05 USD",
    "-5, USD, -0.05 USD",
    "5, KWD, 0.005 KWD",
    "-1, JPY, -1 JPY",
    "100, USD, 1.00 USD",
    "-123456789, USD, -1234567.89 USD",
    "9223372036854775807, USD, 92233720368547758.07 USD",
    "-9223372036854775808, USD, -92233720368547758.08 USD",
    "-9223372036854775808, JPY, -9223372036854775808 JPY",
    "-9223372036854775808, KWD, -9223372036854775.808 KWD"
  })
  void prints_and_parses_all_decimals_of_the_currency(
      long minorUnits, String currency, String text) {
    Money money = Money.of(minorUnits, currency);

    assertThat(MoneyFormat.print(money)).isEqualTo(text);
    assertThat(MoneyFormat.parse(text)).isEqualTo(money);
  }

  @ParameterizedTest
  @CsvSource({
    "5 USD, 500, USD",
    "5.1 USD, 510, USD",
    "-5.1 USD, -510, USD",
    "0 USD, 0, USD",
    "0.0 USD, 0, USD",
    "1.5 KWD, 1500, KWD",
    "1.25 KWD, 1250, KWD"
  })
  void fills_up_decimals_that_are_left_out(String text, long minorUnits, String currency) {
    assertThat(MoneyFormat.parse(text)).isEqualTo(Money.of(minorUnits, currency));
  }

  @ParameterizedTest
  @CsvSource({
    "1.234 USD, 'USD has 2 decimals, not 3'",
    "1.230 USD, 'USD has 2 decimals, not 3'",
    "0.0000000000000000000000001 USD, 'USD has 2 decimals, not 25'",
    "1.5 JPY, 'JPY has 0 decimals, not 1'",
    "1.0 JPY, 'JPY has 0 decimals, not 1'",
    "1.2345 KWD, 'KWD has 3 decimals, not 4'"
  })
  void rounds_nothing(String text, String reason) {
    refuses(text, reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "92233720368547758.08 USD",
        "-92233720368547758.09 USD",
        "92233720368547758 KWD",
        "9223372036854775808 JPY",
        "-9223372036854775809 JPY",
        "99999999999999999999999999999999999999 USD"
      })
  void refuses_what_does_not_fit_into_64_bits(String text) {
    refuses(text, "the amount does not fit into 64 bits of minor units");
  }

  @Test
  void reads_a_text_of_any_length_without_ado() {
    refuses("9".repeat(1_000_000) + " USD", "the amount does not fit into 64 bits of minor units");
    refuses("0." + "1".repeat(1_000_000) + " USD", "USD has 2 decimals, not 1000000");
    refuses("1".repeat(1_000_000), NO_AMOUNT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"007.00 USD", "00 USD", "00.50 USD", "-01 JPY"})
  void refuses_leading_zeros(String text) {
    refuses(text, "an amount has no leading zeros");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0 USD", "-0.00 USD", "-0 JPY", "-0.0 KWD"})
  void refuses_a_negative_zero(String text) {
    refuses(text, "zero has no sign");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "USD",
        " USD",
        "- USD",
        "5",
        "5.00",
        "5.00USD",
        "USD 5.00",
        "5. USD",
        ".50 USD",
        "-.50 USD",
        "+5.00 USD",
        "--5.00 USD",
        "5.00- USD",
        "- 5.00 USD",
        "(5.00) USD",
        "\u22125.00 USD",
        "$5.00",
        "5.00 US$",
        "5.00 usd",
        "5.00 Usd",
        "5.00 US",
        "5.00 USDT",
        "5.00  USD",
        "5.00\tUSD",
        "5.00\u00A0USD",
        " 5.00 USD",
        "5.00 USD ",
        "5.00 USD\n",
        "1,234.50 USD",
        "1234,50 USD",
        "1 234.50 USD",
        "1'234.50 USD",
        "1_234.50 USD",
        "1.2.3 USD",
        "1e3 USD",
        "0x10 USD",
        "NaN USD",
        "Infinity USD",
        "\u0661\u0662\u0663 USD",
        "\uFF15.00 USD",
        "5.\u0661\u0660 USD",
        "5.00 \uFF35\uFF33\uFF24"
      })
  void reads_nothing_that_is_written_in_another_way(String text) {
    refuses(text, NO_AMOUNT);
  }

  @Test
  void names_a_currency_that_is_none_or_no_money() {
    refuses("5.00 ABC", "not an ISO 4217 currency: ABC");
    refuses("5.00 XXX", "XXX has no minor units");
    refuses("5 XAU", "XAU has no minor units");
  }

  @Test
  @SuppressWarnings("NullAway") // What callers without NullAway may do is done on purpose.
  void needs_something_to_print_or_parse() {
    assertThatNullPointerException().isThrownBy(() -> MoneyFormat.print(null));
    assertThatNullPointerException().isThrownBy(() -> MoneyFormat.parse(null));
  }

  @Test
  void writes_the_same_in_every_locale() {
    Locale before = Locale.getDefault();
    try {
      for (String tag : List.of("de-CH", "tr-TR", "hi-IN-u-nu-deva", "ar-EG-u-nu-arab")) {
        Locale.setDefault(Locale.forLanguageTag(tag));

        assertThat(MoneyFormat.print(Money.of(-123_456_789, "USD"))).isEqualTo("-1234567.89 USD");
        assertThat(MoneyFormat.parse("-1234567.89 USD")).isEqualTo(Money.of(-123_456_789, "USD"));
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void parses_whatever_it_has_printed() {
    Long given = Long.getLong("bank.seed");
    long seed = given != null ? given : new SplittableRandom().nextLong();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 100_000; i++) {
      // Shifted, so that short numbers come as often as long ones, of either sign.
      long minorUnits =
          switch (i) {
            case 0 -> Long.MIN_VALUE;
            case 1 -> Long.MAX_VALUE;
            default -> random.nextLong() >> random.nextInt(Long.SIZE);
          };
      for (String code : List.of("JPY", "USD", "KWD", "CLF")) {
        Money money = Money.of(minorUnits, code);
        String text = MoneyFormat.print(money);

        assertThat(MoneyFormat.parse(text))
            .as("%s; play it again with -Dbank.seed=%d", text, seed)
            .isEqualTo(money);
        assertThat(text)
            .as("play it again with -Dbank.seed=%d", seed)
            .matches("-?(0|[1-9][0-9]*)" + decimals(money.currency()) + " " + code);
      }
    }
  }

  private static String decimals(Currency currency) {
    int places = currency.getDefaultFractionDigits();
    return places == 0 ? "" : "\\.[0-9]{" + places + "}";
  }

  private static void refuses(String text, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MoneyFormat.parse(text))
        .withMessage(reason);
  }
}
