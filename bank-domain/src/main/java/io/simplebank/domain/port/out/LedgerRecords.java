package io.simplebank.domain.port.out;

import io.simplebank.domain.audit.BatchOnRecord;
import io.simplebank.domain.audit.LedgerSnapshot;
import java.util.List;

/** The rows of the ledger as they stand, for whoever checks them. Writers are never held up. */
public interface LedgerRecords {
  /** Counts, sums and compares everything as it stood at one and the same moment. */
  LedgerSnapshot snapshot();

  /**
   * Batches with the rows that there are of them, in the order of their numbers: as many as can be
   * held at a time, at least one where there is one.
   *
   * @param after only batches with a greater number
   * @param upTo only batches with this number or a smaller one
   */
  List<BatchOnRecord> batches(long after, long upTo);
}
