package io.simplebank.domain.audit;

import java.util.Objects;

/**
 * How far the chain of batches had come at some time. Whoever notes it down where nobody at the
 * bank can reach it has the whole ledger up to there vouched for.
 *
 * @param number the number of the latest batch
 * @param hash its hash
 */
public record ChainHead(long number, Digest hash) {
  /** Where a chain begins, before its first batch. */
  public static final ChainHead NONE = new ChainHead(-1, Digest.NONE);

  /** Needs a hash. */
  public ChainHead {
    Objects.requireNonNull(hash, "hash");
  }

  /**
   * Reads what {@link #toString} has written.
   *
   * @throws IllegalArgumentException unless this is a number, a colon and a SHA-256
   */
  public static ChainHead parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("a number, a colon and a hash are needed");
    }
    try {
      return new ChainHead(
          Long.parseLong(text.substring(0, colon)), new Digest(text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("before the colon is no number", e);
    }
  }

  /** As {@code 17:9f86d0…}. */
  @Override
  public String toString() {
    return number + ":" + hash.hex();
  }
}
