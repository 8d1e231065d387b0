package io.simplebank.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpSettingsTest {
  @Test
  void are_none_without_a_host() {
    assertThat(configured(Map.of("host", "", "port", "no port", "from", ""))).isEmpty();
  }

  @Test
  void name_the_server_and_the_sender() {
    SmtpSettings settings =
        configured(Map.of("user", "bank", "password", "let me in")).orElseThrow();

    assertThat(settings.host()).isEqualTo("mail.example.com");
    assertThat(settings.port()).isEqualTo(587);
    assertThat(settings.login()).contains(new SmtpSettings.Login("bank", "let me in"));
    assertThat(settings.from()).hasToString("Simple Bank <bank@example.com>");
    assertThat(settings.tls()).isEqualTo(SmtpSettings.Tls.STARTTLS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "465", "65535"})
  void take_any_port_that_there_is(String port) {
    assertThat(configured(Map.of("port", port)).orElseThrow().port())
        .isEqualTo(Integer.parseInt(port));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "65536", "4294967383", "-1", "smtp", "٥٨٧"})
  void refuse_what_is_no_port(String port) {
    assertRefused("BANK_SMTP_PORT", "port", port);
  }

  @Test
  void refuse_half_a_login() {
    assertRefused("BANK_SMTP_PASSWORD belong together", "user", "bank");
    assertRefused("BANK_SMTP_PASSWORD belong together", "password", "let me in");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bank",
        "Simple Bank",
        "bank@",
        "bank@localhost",
        "bank@example.com, eve@example.com",
        "bänk@example.com",
        "bank@example.com\r\nBcc: eve@example.com"
      })
  void refuse_a_sender_that_is_no_address(String from) {
    assertRefused("BANK_SMTP_FROM", "from", from);
  }

  @ParameterizedTest
  @EnumSource
  void know_each_way_to_encrypt_and_not_to(SmtpSettings.Tls tls) {
    String word = tls.name().toLowerCase(Locale.ROOT);
    assertThat(configured(Map.of("tls", word)).orElseThrow().tls()).isEqualTo(tls);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ssl", "true", "STARTTLS "})
  void refuse_an_unknown_way_to_encrypt(String tls) {
    assertRefused("BANK_SMTP_TLS", "tls", tls);
  }

  @Test
  void tell_no_log_the_password() {
    assertThat(configured(Map.of("user", "bank", "password", "let me in")).toString())
        .contains("bank")
        .doesNotContain("let me in");
  }

  private static void assertRefused(String reason, String key, String value) {
    assertThatThrownBy(() -> configured(Map.of(key, value)))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(reason)
        .hasMessageNotContaining("let me in");
  }

  /** Settings that can be used, as far as what is given does not spoil them. */
  private static Optional<SmtpSettings> configured(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("host", "mail.example.com");
    settings.put("port", "587");
    settings.put("from", "Simple Bank <bank@example.com>");
    settings.put("tls", "starttls");
    settings.putAll(more);
    return SmtpSettings.configured(
        key ->
            Optional.ofNullable(settings.get(key.replace("bank.smtp.", "")))
                .filter(value -> !value.isBlank()));
  }
}
