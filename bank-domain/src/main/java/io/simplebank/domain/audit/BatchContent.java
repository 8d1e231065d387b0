package io.simplebank.domain.audit;

import io.simplebank.domain.idempotency.BatchKey;
import io.simplebank.domain.transfer.Entry;
import io.simplebank.domain.transfer.HeldOrder;
import io.simplebank.domain.transfer.LedgerBatch;
import io.simplebank.domain.transfer.PostedOrder;
import io.simplebank.domain.transfer.Resolution;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * What a batch vouches for: the rows that were written with it.
 *
 * @param key the key under which it was written
 * @param writtenAt its time
 * @param transfers the seals of its transfers, in the order in which they were posted, and then of
 *     those that were made pending
 * @param entries the seals of its entries, in the order in which they were posted
 * @param resolutions the seals of what became of pending transfers, by the numbers of those, in the
 *     order in which it happened
 */
public record BatchContent(
    UUID key, Instant writtenAt, List<Seal> transfers, List<Seal> entries, List<Seal> resolutions) {
  /** Needs all five; copies the lists. */
  public BatchContent {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(writtenAt, "writtenAt");
    transfers = List.copyOf(transfers);
    entries = List.copyOf(entries);
    resolutions = List.copyOf(resolutions);
  }

  /** What that batch is about to vouch for. */
  public static BatchContent of(BatchKey key, LedgerBatch batch) {
    List<Seal> transfers = new ArrayList<>();
    List<Seal> entries = new ArrayList<>();
    List<Seal> resolutions = new ArrayList<>();
    for (PostedOrder order : batch.orders()) {
      TransferOnRecord transfer =
          TransferOnRecord.of(order.posting().transfer(), Orderer.of(order));
      transfers.add(new Seal(transfer.id(), transfer.digest()));
      for (Entry entry : List.of(order.posting().debit(), order.posting().credit())) {
        entries.add(new Seal(entry.id().value(), EntryOnRecord.of(entry).digest()));
      }
    }
    for (HeldOrder order : batch.heldOrders()) {
      TransferOnRecord pending = TransferOnRecord.of(order.pending(), Orderer.of(order));
      transfers.add(new Seal(pending.id(), pending.digest()));
    }
    for (Resolution resolution : batch.resolutions()) {
      ResolutionOnRecord resolved = ResolutionOnRecord.of(resolution);
      resolutions.add(new Seal(resolved.pending(), resolved.digest()));
    }
    return new BatchContent(key.value(), batch.time(), transfers, entries, resolutions);
  }

  /** The hash of all of it. */
  public Digest digest() {
    return new CanonicalForm('B')
        .uuid(1, key)
        .time(2, writtenAt)
        .seals(3, transfers)
        .seals(4, entries)
        .seals(5, resolutions)
        .digest();
  }
}
