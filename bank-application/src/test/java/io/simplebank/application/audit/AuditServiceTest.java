package io.simplebank.application.audit;

import static io.simplebank.application.world.World.EUR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplebank.application.world.World;
import io.simplebank.domain.account.Account;
import io.simplebank.domain.audit.AuditReport;
import io.simplebank.domain.audit.BatchOnRecord;
import io.simplebank.domain.audit.ChainHead;
import io.simplebank.domain.audit.CurrencyFigures;
import io.simplebank.domain.audit.Digest;
import io.simplebank.domain.audit.Finding;
import io.simplebank.domain.audit.LedgerSnapshot;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.port.in.AuditLedger.Outcome;
import io.simplebank.domain.port.in.AuditLedger.Query;
import io.simplebank.domain.port.out.LedgerRecords;
import io.simplebank.domain.user.Caller;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AuditServiceTest {
  private final World world = new World();
  private final Caller alice = world.depositor("alice");
  private final Caller bob = world.depositor("bob");
  private final Account hers = world.account(alice, EUR, 100);
  private final Account his = world.account(bob, EUR, 0);
  private final AuditService service = new AuditService(world.stores.records(), world.clock);

  @Test
  void reports_the_figures_of_a_ledger_on_which_all_is_well() {
    world.transfer(alice, hers, his, 40);

    AuditReport report = audit(null);

    assertThat(report.isConsistent()).isTrue();
    assertThat(report.findings()).isEmpty();
    assertThat(report.at()).isEqualTo(world.clock.instant());
    assertThat(report.currencies())
        .containsExactly(
            new CurrencyFigures(
                "EUR", 3, 2, 4, BigInteger.valueOf(100), BigInteger.valueOf(-100), BigInteger.ZERO),
            new CurrencyFigures("USD", 1, 0, 0, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO));
    assertThat(report.head().number()).isEqualTo(2);
  }

  @Test
  void looks_at_every_batch_of_a_long_chain() {
    for (int i = 0; i < 30; i++) {
      world.transfer(alice, hers, his, 1);
    }

    AuditReport report = audit(null);

    assertThat(report.isConsistent()).isTrue();
    assertThat(report.head().number()).isEqualTo(31);
  }

  @Test
  void names_the_account_and_the_currency_that_disagree() {
    Account changed = world.now(hers.id());
    world.stores.put(changed.booked(new Money(5, EUR), changed.lastPostedAt()));

    AuditReport report = audit(null);

    assertThat(report.isConsistent()).isFalse();
    assertThat(report.findings())
        .containsExactlyInAnyOrder(
            new Finding.WrongBalance(
                hers.id().value(), BigInteger.valueOf(105), BigInteger.valueOf(100)),
            new Finding.UnbalancedCurrency("EUR", BigInteger.valueOf(5)));
  }

  @Test
  void finds_the_end_of_an_earlier_audit_in_the_chain() {
    ChainHead earlier = audit(null).head();
    world.transfer(alice, hers, his, 1);

    assertThat(audit(earlier).isConsistent()).isTrue();

    ChainHead another = new ChainHead(earlier.number(), Digest.of(new byte[1]));
    assertThat(audit(another).findings())
        .containsExactly(new Finding.UnknownHead(another.number(), another.hash()));
    ChainHead beyond = new ChainHead(99, earlier.hash());
    assertThat(audit(beyond).findings())
        .containsExactly(new Finding.UnknownHead(99L, earlier.hash()));
  }

  @Test
  void tells_of_a_chain_that_ends_before_its_end() {
    LedgerRecords cutOff =
        new LedgerRecords() {
          @Override
          public LedgerSnapshot snapshot() {
            return world.stores.records().snapshot();
          }

          @Override
          public List<BatchOnRecord> batches(long after, long upTo) {
            return List.of();
          }
        };

    assertThat(reportOf(new AuditService(cutOff, world.clock).audit(new Query(null, null))))
        .extracting(AuditReport::findings)
        .isEqualTo(List.of(new Finding.MissingBatches(0L, 1)));
  }

  @Test
  void is_for_bankers_and_for_whoever_operates_the_bank() {
    assertThat(service.audit(new Query(world.banker, null))).isInstanceOf(Outcome.Audited.class);
    assertThat(service.audit(new Query(null, null))).isInstanceOf(Outcome.Audited.class);
    assertThat(service.audit(new Query(alice, null))).isEqualTo(new Outcome.BankersOnly());
  }

  @Test
  void does_one_audit_at_a_time_and_the_next_after_one_that_failed() {
    FailingRecords records = new FailingRecords();
    AuditService failing = new AuditService(records, world.clock);
    records.service = failing;

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> failing.audit(new Query(null, null))).hasMessage("on purpose");
      assertThat(records.meanwhile).isEqualTo(new Outcome.UnderWay());
    }
  }

  private AuditReport audit(@Nullable ChainHead expected) {
    return reportOf(service.audit(new Query(world.banker, expected)));
  }

  private static AuditReport reportOf(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Audited.class);
    return ((Outcome.Audited) outcome).report();
  }

  /** While it is read, another audit is asked for. */
  private static final class FailingRecords implements LedgerRecords {
    private @Nullable AuditService service;
    private @Nullable Outcome meanwhile;

    @Override
    public LedgerSnapshot snapshot() {
      if (service != null) {
        meanwhile = service.audit(new Query(null, null));
      }
      throw new IllegalStateException("on purpose");
    }

    @Override
    public List<BatchOnRecord> batches(long after, long upTo) {
      return List.of();
    }
  }
}
