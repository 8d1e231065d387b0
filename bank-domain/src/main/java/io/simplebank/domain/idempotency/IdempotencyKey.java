package io.simplebank.domain.idempotency;

/**
 * The name that a client gives to a request, so that the bank knows it again when it is repeated.
 *
 * @param value 1 to 255 visible ASCII characters, as the header {@code Idempotency-Key} carries
 *     them; case counts
 */
public record IdempotencyKey(String value) {
  /** What a key looks like, as a regular expression. */
  public static final String PATTERN = "[!-~]{1,255}";

  /**
   * @throws IllegalArgumentException when the key is empty, too long or holds anything but visible
   *     ASCII
   */
  public IdempotencyKey {
    if (!value.matches(PATTERN)) {
      throw new IllegalArgumentException("a key has 1 to 255 visible ASCII characters");
    }
  }
}
