package io.simplebank.domain.transfer;

/** Hands out numbers for what is about to be written. */
public interface Numbering {
  /** A number that no transfer has had. */
  TransferId nextTransferId();

  /** A number greater than that of every entry already on any account that is locked now. */
  EntryId nextEntryId();
}
