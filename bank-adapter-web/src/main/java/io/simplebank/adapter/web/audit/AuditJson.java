package io.simplebank.adapter.web.audit;

import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.simplebank.domain.audit.AuditReport;
import io.simplebank.domain.audit.CurrencyFigures;
import io.simplebank.domain.audit.Finding;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an audit has come to; of many findings of one sort only the first are listed. */
@Serdeable(naming = SnakeCaseStrategy.class)
record AuditJson(
    boolean consistent,
    Instant at,
    HeadJson head,
    List<CurrencyJson> currencies,
    Map<String, Long> findingCounts,
    List<FindingJson> findings) {

  @Serdeable(naming = SnakeCaseStrategy.class)
  record HeadJson(long batch, String hash) {}

  @Serdeable(naming = SnakeCaseStrategy.class)
  record CurrencyJson(
      String currency,
      long accounts,
      long transfers,
      long entries,
      BigInteger sum,
      BigInteger customers,
      BigInteger settlement,
      BigInteger pendingDebits) {

    static CurrencyJson of(CurrencyFigures figures) {
      return new CurrencyJson(
          figures.currency(),
          figures.accounts(),
          figures.transfers(),
          figures.entries(),
          figures.sum(),
          figures.customers(),
          figures.settlement(),
          figures.pendingDebits());
    }
  }

  @Serdeable(naming = SnakeCaseStrategy.class)
  record FindingJson(
      String code,
      String detail,
      @Nullable Long accountId,
      @Nullable Long transferId,
      @Nullable Long entryId,
      @Nullable Long batch) {

    static FindingJson of(Finding finding) {
      return new FindingJson(
          finding.code(),
          finding.detail(),
          finding.account(),
          finding.transfer(),
          finding.entry(),
          finding.batch());
    }
  }

  static AuditJson of(AuditReport report) {
    return new AuditJson(
        report.isConsistent(),
        report.at(),
        new HeadJson(report.head().number(), report.head().hash().hex()),
        report.currencies().stream().map(CurrencyJson::of).toList(),
        report.counts(),
        report.findings().stream().map(FindingJson::of).toList());
  }
}
