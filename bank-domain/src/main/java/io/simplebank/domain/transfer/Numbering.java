package io.simplebank.domain.transfer;

import java.util.Iterator;

/** Hands out numbers that a store has set aside for what is about to be written. */
public final class Numbering {
  private final Iterator<Long> transferIds;
  private final Iterator<Long> entryIds;

  /**
   * Numbers to be handed out in that order.
   *
   * @param transferIds numbers that no transfer has had
   * @param entryIds rising numbers, greater than that of every entry already on any account that is
   *     locked now
   */
  public Numbering(Iterator<Long> transferIds, Iterator<Long> entryIds) {
    this.transferIds = transferIds;
    this.entryIds = entryIds;
  }

  /**
   * The next number for a transfer.
   *
   * @throws IllegalStateException when there is none left
   */
  public TransferId nextTransferId() {
    return new TransferId(next(transferIds));
  }

  /**
   * The next number for an entry.
   *
   * @throws IllegalStateException when there is none left
   */
  public EntryId nextEntryId() {
    return new EntryId(next(entryIds));
  }

  private static long next(Iterator<Long> ids) {
    if (!ids.hasNext()) {
      throw new IllegalStateException("more numbers are asked for than were set aside");
    }
    return ids.next();
  }
}
