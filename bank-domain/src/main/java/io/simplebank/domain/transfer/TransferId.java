package io.simplebank.domain.transfer;

/**
 * The number of a transfer.
 *
 * @param value a positive number, given by the store and never used again
 */
public record TransferId(long value) {
  /**
   * @throws IllegalArgumentException unless the number is positive
   */
  public TransferId {
    if (value <= 0) {
      throw new IllegalArgumentException("a transfer id is positive, not " + value);
    }
  }
}
