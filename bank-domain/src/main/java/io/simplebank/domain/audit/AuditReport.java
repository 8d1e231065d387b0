package io.simplebank.domain.audit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What an audit of the ledger has come to.
 *
 * @param at when it began
 * @param head how far the chain of batches had come then, to be noted down
 * @param currencies the figures of each currency, by its code
 * @param counts how many findings there are of each sort that was found, by {@link Finding#code}
 * @param findings the first of each sort
 */
public record AuditReport(
    Instant at,
    ChainHead head,
    List<CurrencyFigures> currencies,
    Map<String, Long> counts,
    List<Finding> findings) {
  /** Needs all of it; copies lists and map. */
  public AuditReport {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(head, "head");
    currencies = List.copyOf(currencies);
    counts = Map.copyOf(counts);
    findings = List.copyOf(findings);
  }

  /** Whether all is as it has to be. */
  public boolean isConsistent() {
    return counts.isEmpty();
  }
}
