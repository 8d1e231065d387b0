package io.simplebank.domain.idempotency;

import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The key that the bank makes for everything it writes in one transaction. By it the bank finds out
 * whether a commit went through of which it has not heard, and orders that come without a key of
 * the client's are still posted once.
 *
 * @param value never comes twice, not even from a database that has lost some of its last
 *     transactions
 */
public record BatchKey(UUID value) {
  /** Where this process begins to count. */
  private static final UUID START = UUID.randomUUID();

  /** UUIDs of version 8 and variant 2 (RFC 9562), of which all other bits are ours to choose. */
  private static final long OF_THIS_PROCESS = (START.getMostSignificantBits() & ~0xf000L) | 0x8000L;

  private static final long VARIANT_2 = Long.MIN_VALUE;

  private static final AtomicLong COUNTER = new AtomicLong(START.getLeastSignificantBits() >>> 3);

  /** Needs a value. */
  public BatchKey {
    Objects.requireNonNull(value, "value");
  }

  /**
   * A key that nobody has used: random for the process and counted up within it, so that an index
   * of all keys that there ever were grows where it has just grown.
   */
  public static BatchKey random() {
    return new BatchKey(new UUID(OF_THIS_PROCESS, VARIANT_2 | COUNTER.getAndIncrement()));
  }
}
