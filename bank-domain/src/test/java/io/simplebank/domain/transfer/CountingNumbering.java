package io.simplebank.domain.transfer;

/** Numbers from 1 on. */
public final class CountingNumbering implements Numbering {
  private long transfers;
  private long entries;

  /** One that begins with 1. */
  public CountingNumbering() {}

  @Override
  public TransferId nextTransferId() {
    return new TransferId(++transfers);
  }

  @Override
  public EntryId nextEntryId() {
    return new EntryId(++entries);
  }
}
