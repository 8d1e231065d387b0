package io.simplebank.domain.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.simplebank.domain.money.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpendingTest {
  @ParameterizedTest
  @CsvSource({
    // The same day, to its last moment in UTC.
    "2026-01-30T00:00:00Z, 2026-01-30, 5, 20",
    "2026-01-30T23:59:59.999999999Z, 2026-01-30, 5, 20",
    // A new day, in the same month.
    "2026-01-31T00:00:00Z, 2026-01-31, 0, 20",
    "2026-01-31T23:59:59.999999999Z, 2026-01-31, 0, 20",
    // A new month, and the same one of another year.
    "2026-02-01T00:00:00Z, 2026-02-01, 0, 0",
    "2027-01-30T12:00:00Z, 2027-01-30, 0, 0",
    // A clock that is behind another.
    "2026-01-29T23:59:59Z, 2026-01-30, 5, 20",
    "2025-12-31T23:59:59Z, 2026-01-30, 5, 20",
  })
  void begins_anew_with_each_day_and_month_in_utc(
      Instant time, LocalDate day, long thatDay, long thatMonth) {
    assertThat(spent("2026-01-30", 5, 20).asOf(time))
        .isEqualTo(new Spending(day, euros(thatDay), euros(thatMonth)));
  }

  @Test
  void counts_on_its_day_and_in_its_month() {
    assertThat(spent("2026-01-30", 5, 20).plus(euros(3))).isEqualTo(spent("2026-01-30", 8, 23));
  }

  @Test
  void counts_to_the_highest_limit_that_there_can_be_and_no_further() {
    Spending much = spent("2026-01-30", Long.MAX_VALUE - 5, Long.MAX_VALUE - 1);

    Spending more = much.plus(euros(3));

    assertThat(more).isEqualTo(spent("2026-01-30", Long.MAX_VALUE - 2, Long.MAX_VALUE));
    assertThat(more.plus(euros(Long.MAX_VALUE)))
        .isEqualTo(spent("2026-01-30", Long.MAX_VALUE, Long.MAX_VALUE));
  }

  @Test
  void is_nothing_on_a_new_account() {
    assertThat(Spending.none(Currency.getInstance("EUR"))).isEqualTo(spent("1970-01-01", 0, 0));
  }

  @Test
  void is_never_negative_and_never_less_in_the_month_than_on_the_day() {
    assertThatIllegalArgumentException().isThrownBy(() -> spent("2026-01-30", -1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> spent("2026-01-30", 2, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Spending(LocalDate.parse("2026-01-30"), euros(0), Money.of(0, "USD")));
  }

  private static Spending spent(String day, long thatDay, long thatMonth) {
    return new Spending(LocalDate.parse(day), euros(thatDay), euros(thatMonth));
  }

  private static Money euros(long minorUnits) {
    return Money.of(minorUnits, "EUR");
  }
}
