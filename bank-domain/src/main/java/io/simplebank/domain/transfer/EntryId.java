package io.simplebank.domain.transfer;

/**
 * The number of an entry.
 *
 * @param value a positive number, given by the store and never used again
 */
public record EntryId(long value) {
  /**
   * @throws IllegalArgumentException unless the number is positive
   */
  public EntryId {
    if (value <= 0) {
      throw new IllegalArgumentException("an entry id is positive, not " + value);
    }
  }
}
