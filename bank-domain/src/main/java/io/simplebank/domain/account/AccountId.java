package io.simplebank.domain.account;

/**
 * The number of an account.
 *
 * @param value a positive number, given by the store and never used again
 */
public record AccountId(long value) implements Comparable<AccountId> {
  /**
   * @throws IllegalArgumentException unless the number is positive
   */
  public AccountId {
    if (value <= 0) {
      throw new IllegalArgumentException("an account id is positive, not " + value);
    }
  }

  /** By number: the order in which accounts are locked. */
  @Override
  public int compareTo(AccountId other) {
    return Long.compare(value, other.value);
  }
}
