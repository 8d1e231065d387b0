package io.simplebank.bootstrap;

import io.simplebank.domain.audit.AuditReport;
import io.simplebank.domain.audit.CurrencyFigures;
import io.simplebank.domain.audit.Finding;
import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;

/** What a person, or a job that keeps its output, reads of an audit. */
final class AuditText {
  private AuditText() {}

  static void print(PrintStream out, AuditReport report) {
    out.println("Audit of the ledger, begun at " + report.at());
    for (CurrencyFigures figures : report.currencies()) {
      out.println(
          "  %s: %d accounts, %d transfers, %d entries; customers %d, settlement %d, sum %d; set aside %d"
              .formatted(
                  figures.currency(),
                  figures.accounts(),
                  figures.transfers(),
                  figures.entries(),
                  figures.customers(),
                  figures.settlement(),
                  figures.sum(),
                  figures.pendingDebits()));
    }
    for (Finding finding : report.findings()) {
      out.println("  WRONG (" + finding.code() + "): " + finding.detail());
    }
    for (Map.Entry<String, Long> count : new TreeMap<>(report.counts()).entrySet()) {
      out.println("  " + count.getKey() + ": " + count.getValue() + " found");
    }
    out.println("  Note this down elsewhere, to be given as --expect next time: " + report.head());
    out.println(
        report.isConsistent()
            ? "The ledger is consistent."
            : "THE LEDGER DISAGREES WITH ITSELF OR WITH WHAT WAS WRITTEN.");
    out.flush();
  }
}
