package io.simplebank.domain.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class OfferedCurrenciesTest {
  @Test
  void offers_what_it_was_given() {
    OfferedCurrencies offered = OfferedCurrencies.ofCodes(List.of("USD", "EUR", "USD"));

    assertThat(offered.offers("USD")).isTrue();
    assertThat(offered.offers("JPY")).isFalse();
    assertThat(offered.offers("usd")).isFalse();
    assertThat(offered.codes()).containsExactly("EUR", "USD");
    assertThat(offered.currencies())
        .containsExactlyInAnyOrder(Currency.getInstance("EUR"), Currency.getInstance("USD"));
  }

  @Test
  void is_at_least_one() {
    assertThatIllegalArgumentException().isThrownBy(() -> OfferedCurrencies.ofCodes(List.of()));
  }

  @Test
  void names_a_code_that_is_none() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OfferedCurrencies.ofCodes(List.of("EUR", "EURO")))
        .withMessageContaining("EURO");
  }

  @Test
  void refuses_what_is_no_money() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OfferedCurrencies.ofCodes(List.of("EUR", "XXX")))
        .withMessageContaining("XXX");
  }

  @Test
  void is_not_changed_by_whoever_made_it() {
    Set<Currency> currencies = new HashSet<>(Set.of(Currency.getInstance("EUR")));
    OfferedCurrencies offered = new OfferedCurrencies(currencies);

    currencies.clear();

    assertThat(offered.codes()).containsExactly("EUR");
  }
}
