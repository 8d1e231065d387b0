package io.simplebank.domain.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReasonTest {
  private static final String LONGEST = "ä".repeat(Reason.MAX_LENGTH);

  @Test
  void keeps_the_text_without_the_space_around_it() {
    assertThat(new Reason(" \t\n court order 7/26 \u2003\u00a0").text())
        .isEqualTo("court order 7/26");
    assertThat(new Reason("x").text()).isEqualTo("x");
    assertThat(new Reason("  " + LONGEST + "  ").text()).isEqualTo(LONGEST);
    assertThat(new Reason("🏦".repeat(Reason.MAX_LENGTH)).text()).startsWith("🏦");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\u00a0\u2003", "a\nb", "a\u0000", "\u001f", "a\ud800"})
  void says_something_and_holds_no_control_character(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Reason(text))
        .withMessageContaining("1 to 140 characters");
  }

  @Test
  void is_not_longer_than_it_may_be() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Reason(LONGEST + "ä"));
  }
}
