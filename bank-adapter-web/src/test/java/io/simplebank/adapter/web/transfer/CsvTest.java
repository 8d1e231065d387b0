package io.simplebank.adapter.web.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** As RFC 4180 writes it, and as no spreadsheet takes it for a formula. */
final class CsvTest {
  @Test
  void writes_a_line_with_its_end() {
    assertThat(Csv.line("id", "created_at")).isEqualTo("id,created_at\r\n");
    assertThat(Csv.line(7L, Instant.parse("2026-03-14T15:09:26.535897Z"), ""))
        .isEqualTo("7,2026-03-14T15:09:26.535897Z,\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a,b|\"a,b\"",
        "say \"no\"|\"say \"\"no\"\"\"",
        "\"|\"\"\"\"",
        "~a\nb~|~\"a\nb\"~",
        "~a\r\nb~|~\"a\r\nb\"~",
        "dinner; for two|dinner; for two",
        "caf\u00E9|caf\u00E9"
      })
  void quotes_what_would_break_a_line(String text, String cell) {
    assertThat(Csv.line(text, "x")).isEqualTo(cell + ",x\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "=", "\t=1", "\uFF1D1", "\uFF20x"})
  void puts_a_text_that_would_be_a_formula_behind_an_apostrophe(String text) {
    assertThat(Csv.line(text)).isEqualTo("'" + text + "\r\n");
  }

  @Test
  void quotes_a_formula_behind_its_apostrophe() {
    assertThat(Csv.line("=HYPERLINK(\"http://x\",\"y\")"))
        .isEqualTo("\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"\r\n");
    assertThat(Csv.line("\r=1")).isEqualTo("\"'\r=1\"\r\n");
    assertThat(Csv.line("\n=1")).isEqualTo("\"'\n=1\"\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1=1", "a-b", "me@example.com", " =1", "'=1"})
  void leaves_other_texts_alone(String text) {
    assertThat(Csv.line(text)).isEqualTo(text + "\r\n");
  }

  @Test
  void leaves_numbers_numbers() {
    assertThat(Csv.line(-100L, Long.MIN_VALUE, 0L)).isEqualTo("-100,-9223372036854775808,0\r\n");
  }
}
