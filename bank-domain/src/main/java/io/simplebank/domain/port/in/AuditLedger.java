package io.simplebank.domain.port.in;

import io.simplebank.domain.audit.AuditReport;
import io.simplebank.domain.audit.ChainHead;
import io.simplebank.domain.user.Caller;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A banker, or whoever operates the bank, has the whole ledger checked: that in each currency all
 * balances sum to zero, that each balance is the sum of the entries of its account, that the
 * entries of each transfer sum to zero, and that every row is as it was written.
 */
public interface AuditLedger {
  /** Checks the ledger while transfers go on; with millions of them this takes minutes. */
  Outcome audit(Query query);

  /**
   * @param caller who asks; null for whoever operates the bank and asks on its own machine
   * @param expected how far the chain of batches had come at an earlier audit, which it still has
   *     to contain; null where nobody has noted that down
   */
  record Query(@Nullable Caller caller, @Nullable ChainHead expected) {}

  /** What becomes of it. */
  sealed interface Outcome {
    /** It was done; whether all is well is in the report. */
    record Audited(AuditReport report) implements Outcome {
      /** Needs a report. */
      public Audited {
        Objects.requireNonNull(report, "report");
      }
    }

    /** The caller is no banker. */
    record BankersOnly() implements Outcome {}

    /** This server is at one already: one at a time is load enough. */
    record UnderWay() implements Outcome {}
  }
}
