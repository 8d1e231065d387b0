package io.simplebank.adapter.web.audit;

import static io.simplebank.adapter.web.WebBank.BANKER;
import static io.simplebank.adapter.web.WebBank.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.when;

import io.simplebank.adapter.web.Answer;
import io.simplebank.adapter.web.WebBank;
import io.simplebank.domain.audit.AuditReport;
import io.simplebank.domain.audit.ChainHead;
import io.simplebank.domain.audit.CurrencyFigures;
import io.simplebank.domain.audit.Digest;
import io.simplebank.domain.audit.Finding;
import io.simplebank.domain.port.in.AuditLedger;
import io.simplebank.domain.port.in.AuditLedger.Outcome;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The audit, as bankers get to see it. */
final class AuditTest {
  private static final String HASH = "ab".repeat(32);
  private static final CurrencyFigures EUROS =
      new CurrencyFigures(
          "EUR",
          3,
          4,
          8,
          new BigInteger("99999999999999999999"),
          BigInteger.valueOf(-990),
          BigInteger.TEN);

  private final WebBank bank = WebBank.fresh();

  @Test
  void shows_the_figures_where_nothing_is_wrong() {
    audited(report(Map.of(), List.of()))
        .is(
            200,
            """
            {"consistent": true, "at": "%s", "head": {"batch": 17, "hash": "%s"},
             "currencies": [{"currency": "EUR", "accounts": 3, "transfers": 4, "entries": 8,
               "sum": 99999999999999999009, "customers": 99999999999999999999,
               "settlement": -990, "pending_debits": 10}],
             "finding_counts": {}, "findings": []}
            """
                .formatted(NOW, HASH));
  }

  @Test
  void names_what_is_wrong() {
    audited(
            report(
                Map.of("changed_entry", 1L, "wrong_balance", 200L),
                List.of(
                    new Finding.ChangedEntry(5L, 33L),
                    new Finding.WrongBalance(7L, BigInteger.TWO, BigInteger.ONE))))
        .is(
            200,
            """
            {"consistent": false, "at": "%s", "head": {"batch": 17, "hash": "%s"},
             "currencies": [{"currency": "EUR", "accounts": 3, "transfers": 4, "entries": 8,
               "sum": 99999999999999999009, "customers": 99999999999999999999,
               "settlement": -990, "pending_debits": 10}],
             "finding_counts": {"changed_entry": 1, "wrong_balance": 200},
             "findings": [
               {"code": "changed_entry", "entry_id": 33, "batch": 5,
                "detail": "entry 33 of batch 5 is not as it was written"},
               {"code": "wrong_balance", "account_id": 7,
                "detail": "the balance of account 7 is 2, but its entries sum to 1"}]}
            """
                .formatted(NOW, HASH));
  }

  @Test
  void asks_a_second_one_to_come_back() {
    Answer answer = answerTo(new Outcome.UnderWay());

    answer.isProblem(503, "audit_under_way");
    assertThat(answer.header("Retry-After")).contains("1");
  }

  @Test
  void refuses_whoever_is_no_banker_any_more() {
    answerTo(new Outcome.BankersOnly()).isProblem(403, "forbidden");
  }

  private Answer audited(AuditReport report) {
    return answerTo(new Outcome.Audited(report));
  }

  private Answer answerTo(Outcome outcome) {
    when(bank.auditLedger.audit(new AuditLedger.Query(BANKER, null))).thenReturn(outcome);
    return bank.get(BANKER, "/ledger/audit");
  }

  private static AuditReport report(Map<String, Long> counts, List<Finding> findings) {
    return new AuditReport(
        NOW, new ChainHead(17, new Digest(HASH)), List.of(EUROS), counts, findings);
  }
}
