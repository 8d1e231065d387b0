package io.simplebank.domain.account;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why somebody changes the status of an account, in their own words. Space around them is left out.
 *
 * @param text 1 to {@value #MAX_LENGTH} characters, none of them a control character or half of a
 *     surrogate pair, the first and the last no space
 */
public record Reason(String text) {
  /** The longest text, in characters. */
  public static final int MAX_LENGTH = 140;

  /** What a reason looks like with the space around it, as a regular expression. */
  public static final String PATTERN =
      "(?U)\\s*(?=\\S)([^\\p{Cc}\\p{Cs}]{1," + MAX_LENGTH + "})(?<=\\S)\\s*";

  private static final Pattern SHAPE = Pattern.compile(PATTERN);

  /**
   * @throws IllegalArgumentException when the text is blank, too long or holds a control character
   */
  public Reason {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "a reason has 1 to " + MAX_LENGTH + " characters and no control characters");
    }
    text = matcher.group(1);
  }
}
