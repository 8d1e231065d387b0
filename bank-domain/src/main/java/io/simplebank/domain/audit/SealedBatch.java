package io.simplebank.domain.audit;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A link of the chain of all batches that were ever written.
 *
 * @param number its place in the chain, from 0, without gaps
 * @param content the rows that it vouches for
 * @param hash the hash of its content, of its number and of the hash of the batch before
 */
public record SealedBatch(long number, BatchContent content, Digest hash) {
  /** Needs all three. */
  public SealedBatch {
    Objects.requireNonNull(content, "content");
    Objects.requireNonNull(hash, "hash");
  }

  /** The link that comes after that one. */
  public static SealedBatch after(ChainHead head, BatchContent content) {
    long number = head.number() + 1;
    return new SealedBatch(number, content, hash(head.hash(), number, content));
  }

  /** Whether it has the hash that it has to have after that one. */
  public boolean follows(Digest before) {
    return hash.equals(hash(before, number, content));
  }

  /** Where the chain has come to with it. */
  public ChainHead head() {
    return new ChainHead(number, hash);
  }

  /**
   * The hash before (32 bytes), the number (64 bits, the most significant byte first) and the hash
   * of the content (32 bytes), hashed.
   */
  private static Digest hash(Digest before, long number, BatchContent content) {
    return Digest.of(
        ByteBuffer.allocate(2 * Digest.BYTES + Long.BYTES)
            .put(before.bytes())
            .putLong(number)
            .put(content.digest().bytes())
            .array());
  }
}
