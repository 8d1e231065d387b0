package io.simplebank.domain.user;

/**
 * The number of an {@link EmailVerification}.
 *
 * @param value a positive number, given by the store
 */
public record VerificationId(long value) {
  /**
   * @throws IllegalArgumentException unless the number is positive
   */
  public VerificationId {
    if (value <= 0) {
      throw new IllegalArgumentException("a verification id is positive, not " + value);
    }
  }
}
