package io.simplebank.domain.user;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name a user logs in with: 3 to 32 of the letters a to z, digits, {@code _} and {@code -}.
 * Case does not count, so it is kept in lower case.
 *
 * @param value the name in lower case
 */
public record Username(String value) {
  /** What a username looks like before its case is folded, as a regular expression. */
  public static final String PATTERN = "[A-Za-z0-9_-]{3,32}";

  private static final Pattern SHAPE = Pattern.compile(PATTERN);

  /**
   * @throws IllegalArgumentException when the name has another shape
   */
  public Username {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException("not a username: it must match " + PATTERN);
    }
    value = value.toLowerCase(Locale.ROOT);
  }
}
