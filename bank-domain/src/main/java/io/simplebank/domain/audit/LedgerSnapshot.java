package io.simplebank.domain.audit;

import java.util.List;
import java.util.Objects;

/**
 * The ledger at one moment.
 *
 * @param head how far the chain of batches had come
 * @param currencies the figures of each currency, by its code
 * @param findings what is not as it has to be, apart from the chain and the sums of currencies
 */
public record LedgerSnapshot(ChainHead head, List<CurrencyFigures> currencies, Findings findings) {
  /** Needs all three; copies the list. */
  public LedgerSnapshot {
    Objects.requireNonNull(head, "head");
    Objects.requireNonNull(findings, "findings");
    currencies = List.copyOf(currencies);
  }
}
