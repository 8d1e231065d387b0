package io.simplebank.adapter.web.transfer;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Lines of CSV (RFC 4180) that a spreadsheet takes for data and not for formulas: a text that would
 * begin one is put behind an apostrophe, as OWASP advises. Numbers stay numbers.
 */
final class Csv {
  /** What begins a formula, in the wide forms of East Asian keyboards too. */
  private static final Pattern FORMULA = Pattern.compile("[=+\\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]");

  private static final Pattern NEEDS_QUOTES = Pattern.compile("[\",\r\n]");

  private Csv() {}

  /** One line with its end. */
  static String line(Object... cells) {
    return Arrays.stream(cells).map(Csv::cell).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String cell(Object value) {
    return value instanceof Long number ? number.toString() : text(value.toString());
  }

  private static String text(String value) {
    String harmless = FORMULA.matcher(value).lookingAt() ? "'" + value : value;
    return NEEDS_QUOTES.matcher(harmless).find()
        ? '"' + harmless.replace("\"", "\"\"") + '"'
        : harmless;
  }
}
