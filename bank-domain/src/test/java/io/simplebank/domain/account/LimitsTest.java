package io.simplebank.domain.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.simplebank.domain.money.Money;
import java.time.LocalDate;
import java.util.Currency;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LimitsTest {
  private static final Spending SPENT =
      new Spending(LocalDate.parse("2026-01-30"), euros(30), euros(200));

  @ParameterizedTest
  @CsvSource({
    // per transfer, per day, per month, which leaves least, and how much
    "100, , , PER_TRANSFER, 100",
    ", 100, , PER_DAY, 70",
    ", , 500, PER_MONTH, 300",
    "70, 101, 271, PER_TRANSFER, 70",
    "71, 100, 271, PER_DAY, 70",
    "71, 101, 270, PER_MONTH, 70",
    "71, 101, 271, PER_TRANSFER, 71",
    ", 101, 271, PER_DAY, 71",
    "0, 30, 200, PER_TRANSFER, 0",
    ", 9223372036854775807, , PER_DAY, 9223372036854775777",
  })
  void leave_as_much_as_the_narrowest_of_them(
      @Nullable Long transfer,
      @Nullable Long day,
      @Nullable Long month,
      Limit narrowest,
      long left) {
    assertThat(limits(transfer, day, month).narrowest(SPENT))
        .contains(new Limits.Room(narrowest, euros(left)));
  }

  @Test
  void leave_nothing_where_more_was_spent_than_they_are_now() {
    Limits lowered = limits(null, 29L, 0L);

    assertThat(lowered.left(Limit.PER_DAY, SPENT)).contains(euros(0));
    assertThat(lowered.left(Limit.PER_MONTH, SPENT)).contains(euros(0));
    assertThat(lowered.left(Limit.PER_TRANSFER, SPENT)).isEmpty();
  }

  @Test
  void leave_everything_where_there_are_none() {
    assertThat(Limits.NONE.narrowest(SPENT)).isEmpty();
    assertThat(Limits.NONE).isEqualTo(limits(null, null, null));
  }

  @Test
  void are_never_negative() {
    assertThatIllegalArgumentException().isThrownBy(() -> limits(-1L, null, null));
    assertThatIllegalArgumentException().isThrownBy(() -> limits(null, -1L, null));
    assertThatIllegalArgumentException().isThrownBy(() -> limits(null, null, Long.MIN_VALUE));
  }

  @Test
  void are_in_one_currency() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Limits(euros(1), null, Money.of(1, "USD")));
    assertThat(limits(1L, null, null).isFor(Currency.getInstance("USD"))).isFalse();
    assertThat(limits(1L, null, null).isFor(Currency.getInstance("EUR"))).isTrue();
  }

  private static Limits limits(@Nullable Long transfer, @Nullable Long day, @Nullable Long month) {
    return new Limits(amount(transfer), amount(day), amount(month));
  }

  private static @Nullable Money amount(@Nullable Long minorUnits) {
    return minorUnits == null ? null : euros(minorUnits);
  }

  private static Money euros(long minorUnits) {
    return Money.of(minorUnits, "EUR");
  }
}
