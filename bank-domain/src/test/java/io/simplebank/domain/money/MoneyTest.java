package io.simplebank.domain.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Currency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MoneyTest {
  private static final long[] EXTREMES = {
    Long.MIN_VALUE, Long.MIN_VALUE + 1, -2, -1, 0, 1, 2, Long.MAX_VALUE - 1, Long.MAX_VALUE
  };

  @Test
  void adds_subtracts_and_negates_exactly() {
    assertThat(euros(3025).plus(euros(75))).isEqualTo(euros(3100));
    assertThat(euros(3025).minus(euros(3026))).isEqualTo(euros(-1));
    assertThat(euros(3025).negated()).isEqualTo(euros(-3025));
    assertThat(euros(Long.MAX_VALUE).minus(euros(Long.MAX_VALUE)))
        .isEqualTo(Money.zero(Currency.getInstance("EUR")));
  }

  @Test
  void knows_its_sign() {
    assertThat(euros(1).isPositive()).isTrue();
    assertThat(euros(0).isPositive()).isFalse();
    assertThat(euros(-1).isPositive()).isFalse();
    assertThat(euros(1).isNegative()).isFalse();
    assertThat(euros(0).isNegative()).isFalse();
    assertThat(euros(-1).isNegative()).isTrue();
  }

  @Test
  void compares_without_overflow() {
    assertThat(euros(Long.MIN_VALUE).isLessThan(euros(Long.MAX_VALUE))).isTrue();
    assertThat(euros(Long.MAX_VALUE).isLessThan(euros(Long.MIN_VALUE))).isFalse();
    assertThat(euros(5).isLessThan(euros(5))).isFalse();
  }

  @Test
  void never_wraps_a_number() {
    assertThatThrownBy(() -> euros(Long.MAX_VALUE).plus(euros(1)))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> euros(Long.MIN_VALUE).minus(euros(1)))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> euros(0).minus(euros(Long.MIN_VALUE)))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> euros(Long.MIN_VALUE).negated())
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void can_add_exactly_when_the_sum_fits_into_64_bits() {
    for (long a : EXTREMES) {
      for (long b : EXTREMES) {
        boolean fits = BigInteger.valueOf(a).add(BigInteger.valueOf(b)).bitLength() < Long.SIZE;

        assertThat(euros(a).canAdd(euros(b))).as("%d + %d", a, b).isEqualTo(fits);
      }
    }
  }

  @Test
  void does_not_combine_two_currencies() {
    Money dollars = Money.of(1, "USD");

    assertThatIllegalArgumentException().isThrownBy(() -> euros(1).plus(dollars));
    assertThatIllegalArgumentException().isThrownBy(() -> euros(1).minus(dollars));
    assertThatIllegalArgumentException().isThrownBy(() -> euros(1).isLessThan(dollars));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> euros(1).canAdd(dollars))
        .withMessageContaining("EUR")
        .withMessageContaining("USD");
    assertThat(euros(1)).isNotEqualTo(dollars);
  }

  @ParameterizedTest
  @ValueSource(strings = {"XXX", "XTS", "XAU", "EURO", "eur", ""})
  void refuses_what_is_no_currency(String code) {
    assertThatIllegalArgumentException().isThrownBy(() -> Money.of(1, code));
  }

  @Test
  void counts_minor_units_whatever_their_size() {
    assertThat(Money.of(5, "JPY").plus(Money.of(5, "JPY"))).isEqualTo(Money.of(10, "JPY"));
    assertThat(Money.of(5, "KWD").currency().getDefaultFractionDigits()).isEqualTo(3);
  }

  @Test
  void prints_its_units_lest_they_be_taken_for_euros() {
    assertThat(euros(-3025)).hasToString("-3025 EUR minor units");
  }

  private static Money euros(long minorUnits) {
    return Money.of(minorUnits, "EUR");
  }
}
