package io.simplebank.domain.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MailTest {
  private static final EmailAddress ADA = new EmailAddress("ada@example.com");

  @ParameterizedTest
  @ValueSource(strings = {"x", "Přihlášení 🔑", "Re: your account; DROP TABLE mails"})
  void is_about_anything_that_fits_in_a_line(String subject) {
    assertThat(new Mail(ADA, subject, "Hello").subject()).isEqualTo(subject);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\u2003",
        "Hello\r\nBcc: eve@example.com",
        "Hello\nBcc: eve@example.com",
        "Hello\rBcc: eve@example.com",
        "nul\0",
        "tab\t",
        "next\u0085line",
        "line\u2028separator",
        "paragraph\u2029separator",
        "half\ud83c"
      })
  void has_a_subject_that_is_no_other_header(String subject) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Mail(ADA, subject, "Hello"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n"})
  void says_something(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Mail(ADA, "Hello", text));
  }

  @Test
  void tells_no_log_what_it_says() {
    assertThat(new Mail(ADA, "Your code", "It is 123456").toString())
        .contains("ada@example.com", "Your code")
        .doesNotContain("123456");
  }
}
