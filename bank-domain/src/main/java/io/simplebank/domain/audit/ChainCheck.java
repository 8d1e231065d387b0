package io.simplebank.domain.audit;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Computes the chain of batches once more, from the rows as they are on record now, and tells what
 * is not as it was written. It is shown the batches in the order of their numbers and remembers
 * only the last, so it works in constant memory.
 *
 * <p>Who rewrites a row, its batch and all batches after that leaves a chain without a fault. That
 * is found by whoever has noted down an earlier {@link ChainHead} elsewhere.
 *
 * <p>Not safe for use by several threads.
 */
public final class ChainCheck {
  private final Findings findings;
  private final @Nullable ChainHead expected;
  private ChainHead last = ChainHead.NONE;
  private boolean expectedSeen;

  /**
   * A check that begins at the first batch.
   *
   * @param expected a batch that has to be in the chain; null where nobody has noted one down
   * @param findings takes what is found
   */
  public ChainCheck(@Nullable ChainHead expected, Findings findings) {
    this.expected = expected;
    this.findings = findings;
  }

  /** Looks at the next batch and at its rows. */
  public void next(BatchOnRecord onRecord) {
    SealedBatch batch = onRecord.batch();
    if (batch.number() != last.number() + 1) {
      // Of what is gone nobody knows the hash, so this one cannot be held against it.
      findings.add(new Finding.MissingBatches(last.number() + 1, batch.number() - 1));
    } else if (!batch.follows(last.hash())) {
      findings.add(new Finding.BrokenChain(batch.number()));
    }
    check(
        batch.number(),
        batch.content().transfers(),
        onRecord.transfers(),
        TransferOnRecord::digest,
        Finding.MissingTransfer::new,
        Finding.ChangedTransfer::new);
    check(
        batch.number(),
        batch.content().entries(),
        onRecord.entries(),
        EntryOnRecord::digest,
        Finding.MissingEntry::new,
        Finding.ChangedEntry::new);
    check(
        batch.number(),
        batch.content().resolutions(),
        onRecord.resolutions(),
        ResolutionOnRecord::digest,
        Finding.MissingResolution::new,
        Finding.ChangedResolution::new);
    last = batch.head();
    expectedSeen |= last.equals(expected);
  }

  /**
   * Ends the check.
   *
   * @param head how far the chain had come when the check began
   */
  public void end(ChainHead head) {
    // Not even the first, which every ledger has from the beginning.
    long latest = Math.max(head.number(), 0);
    if (last.number() < latest) {
      findings.add(new Finding.MissingBatches(last.number() + 1, latest));
    }
    if (expected != null && !expectedSeen) {
      findings.add(new Finding.UnknownHead(expected.number(), expected.hash()));
    }
  }

  private <R> void check(
      Long batch,
      List<Seal> seals,
      Map<Long, R> rows,
      Function<R, Digest> digest,
      BiFunction<Long, Long, Finding> missing,
      BiFunction<Long, Long, Finding> changed) {
    for (Seal seal : seals) {
      R row = rows.get(seal.id());
      if (row == null) {
        findings.add(missing.apply(batch, seal.id()));
      } else if (!digest.apply(row).equals(seal.digest())) {
        findings.add(changed.apply(batch, seal.id()));
      }
    }
  }
}
