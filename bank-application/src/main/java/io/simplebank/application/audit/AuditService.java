package io.simplebank.application.audit;

import io.simplebank.domain.audit.AuditReport;
import io.simplebank.domain.audit.BatchOnRecord;
import io.simplebank.domain.audit.ChainCheck;
import io.simplebank.domain.audit.CurrencyFigures;
import io.simplebank.domain.audit.Finding;
import io.simplebank.domain.audit.Findings;
import io.simplebank.domain.audit.LedgerSnapshot;
import io.simplebank.domain.port.in.AuditLedger;
import io.simplebank.domain.port.out.LedgerRecords;
import io.simplebank.domain.user.Caller;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Checks the ledger, one audit at a time. */
public final class AuditService implements AuditLedger {
  private final LedgerRecords records;
  private final InstantSource clock;
  private final AtomicBoolean underWay = new AtomicBoolean();

  /** A service on those records. */
  public AuditService(LedgerRecords records, InstantSource clock) {
    this.records = records;
    this.clock = clock;
  }

  @Override
  public Outcome audit(Query query) {
    Caller caller = query.caller();
    if (caller != null && !caller.isBanker()) {
      return new Outcome.BankersOnly();
    }
    if (!underWay.compareAndSet(false, true)) {
      return new Outcome.UnderWay();
    }
    try {
      return new Outcome.Audited(report(query));
    } finally {
      underWay.set(false);
    }
  }

  private AuditReport report(Query query) {
    Instant at = clock.instant();
    LedgerSnapshot snapshot = records.snapshot();
    Findings findings = snapshot.findings();
    for (CurrencyFigures figures : snapshot.currencies()) {
      if (figures.sum().signum() != 0) {
        findings.add(new Finding.UnbalancedCurrency(figures.currency(), figures.sum()));
      }
    }
    checkChain(snapshot, new ChainCheck(query.expected(), findings));
    return new AuditReport(
        at, snapshot.head(), snapshot.currencies(), findings.counts(), findings.shown());
  }

  /**
   * Batches and their rows never change, so they need not be read at the moment of the snapshot:
   * that would keep what it saw from being tidied up for as long as the chain is.
   */
  private void checkChain(LedgerSnapshot snapshot, ChainCheck check) {
    long upTo = snapshot.head().number();
    long after = -1;
    while (after < upTo) {
      List<BatchOnRecord> page = records.batches(after, upTo);
      if (page.isEmpty()) {
        break;
      }
      page.forEach(check::next);
      after = page.getLast().batch().number();
    }
    check.end(snapshot.head());
  }
}
