package io.simplebank.domain.user;

import java.nio.charset.StandardCharsets;

/**
 * A password in the clear, on its way to being hashed or compared. It never prints itself.
 *
 * @param value 8 to 72 bytes of UTF-8: bcrypt reads no more than 72, and a longer password is
 *     refused rather than silently cut
 */
public record Password(String value) {
  /** The shortest password, in bytes of UTF-8. */
  public static final int MIN_BYTES = 8;

  /** The longest password, in bytes of UTF-8: all that bcrypt reads. */
  public static final int MAX_BYTES = 72;

  /**
   * @throws IllegalArgumentException when the length is outside {@value #MIN_BYTES} to {@value
   *     #MAX_BYTES} bytes, or the password holds a NUL, at which some bcrypt versions stop reading
   */
  public Password {
    if (!isAcceptable(value)) {
      throw new IllegalArgumentException(
          "a password has " + MIN_BYTES + " to " + MAX_BYTES + " bytes of UTF-8 and no NUL");
    }
  }

  /** Whether a password may be made of that text. */
  public static boolean isAcceptable(String text) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    return bytes >= MIN_BYTES && bytes <= MAX_BYTES && text.indexOf('\0') < 0;
  }

  /** Always the same: a password does not belong in any log. */
  @Override
  public String toString() {
    return "Password[hidden]";
  }
}
