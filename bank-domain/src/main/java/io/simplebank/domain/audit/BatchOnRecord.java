package io.simplebank.domain.audit;

import java.util.Map;
import java.util.Objects;

/**
 * A batch together with the rows that there are now of those that it vouches for.
 *
 * @param batch the batch
 * @param transfers the transfers by their numbers
 * @param entries the entries by their numbers
 * @param resolutions what became of pending transfers, by the numbers of those
 */
public record BatchOnRecord(
    SealedBatch batch,
    Map<Long, TransferOnRecord> transfers,
    Map<Long, EntryOnRecord> entries,
    Map<Long, ResolutionOnRecord> resolutions) {
  /** Needs a batch. The maps may hold what is of other batches. */
  public BatchOnRecord {
    Objects.requireNonNull(batch, "batch");
    Objects.requireNonNull(transfers, "transfers");
    Objects.requireNonNull(entries, "entries");
    Objects.requireNonNull(resolutions, "resolutions");
  }
}
