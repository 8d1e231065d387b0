package io.simplebank.domain.transfer;

import org.jspecify.annotations.Nullable;

/**
 * What a transfer is for, in the words of whoever ordered it. Business data: two transfers may
 * carry the same.
 *
 * @param text 1 to {@value #MAX_LENGTH} characters, none of them a control character or half of a
 *     surrogate pair, which no UTF-8 can carry
 */
public record Reference(String text) {
  /** The longest text, in characters: what a SEPA credit transfer carries. */
  public static final int MAX_LENGTH = 140;

  /** What a reference looks like, as a regular expression. */
  public static final String PATTERN = "[^\\p{Cc}\\p{Cs}]{1," + MAX_LENGTH + "}";

  /**
   * @throws IllegalArgumentException when the text is empty, too long or holds a control character
   */
  public Reference {
    if (!text.matches(PATTERN)) {
      throw new IllegalArgumentException(
          "a reference has 1 to " + MAX_LENGTH + " characters and no control characters");
    }
  }

  /**
   * The reference of that text; null where nothing is said.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public static @Nullable Reference ofNullable(@Nullable String text) {
    return text == null ? null : new Reference(text);
  }
}
