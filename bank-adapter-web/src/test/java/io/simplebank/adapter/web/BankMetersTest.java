package io.simplebank.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.simplebank.adapter.web.BankMeters.LoginOutcome;
import io.simplebank.domain.idempotency.Operation;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class BankMetersTest {
  private static final Currency EUR = Currency.getInstance("EUR");
  private static final Currency USD = Currency.getInstance("USD");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final BankMeters meters = new BankMeters(registry);

  @Test
  void begin_at_zero_so_that_the_first_of_a_kind_is_seen_as_a_rise() {
    for (Operation operation : Operation.values()) {
      assertThat(transfers(operation, "posted", "none")).isZero();
    }
    for (LoginOutcome outcome : LoginOutcome.values()) {
      assertThat(logins(outcome.name().toLowerCase(Locale.ROOT))).isZero();
    }
  }

  @Test
  void count_orders_by_what_became_of_them() {
    meters.carriedOut(Operation.TRANSFER, "posted");
    meters.carriedOut(Operation.TRANSFER, "posted");
    meters.declined(Operation.TRANSFER, "insufficient_funds");
    meters.carriedOut(Operation.DEPOSIT, "posted");

    assertThat(transfers(Operation.TRANSFER, "posted", "none")).isEqualTo(2);
    assertThat(transfers(Operation.TRANSFER, "declined", "insufficient_funds")).isEqualTo(1);
    assertThat(transfers(Operation.DEPOSIT, "posted", "none")).isEqualTo(1);
    assertThat(transfers(Operation.WITHDRAWAL, "posted", "none")).isZero();
  }

  @Test
  void take_down_batches() {
    meters.written(40, Duration.ofMillis(3), Duration.ofMillis(9));
    meters.written(2, Duration.ofMillis(1), Duration.ofMillis(5));

    DistributionSummary size = registry.get("bank_batch_transfers").summary();
    assertThat(size.count()).isEqualTo(2);
    assertThat(size.max()).isEqualTo(40);
    Timer waited = registry.get("bank_batch_wait").timer();
    assertThat(waited.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(4);
    Timer took = registry.get("bank_batch_write").timer();
    assertThat(took.max(TimeUnit.MILLISECONDS)).isEqualTo(9);
  }

  @Test
  void tell_what_is_pending_as_it_was_taken_down_last() {
    meters.pending(Map.of(EUR, new BigDecimal(700), USD, new BigDecimal(5)));
    meters.pending(Map.of(EUR, new BigDecimal(300)));

    assertThat(registry.get("bank_pending_minor_units").tag("currency", "EUR").gauge().value())
        .isEqualTo(300);
    assertThat(registry.find("bank_pending_minor_units").tag("currency", "USD").gauge()).isNull();
  }

  @Test
  void know_nothing_of_an_audit_until_there_is_one() {
    assertThat(registry.get("bank_audit_consistent").gauge().value()).isNaN();
    assertThat(registry.get("bank_audit_timestamp_seconds").gauge().value()).isZero();

    meters.audited(true, Instant.ofEpochSecond(1_700_000_000));
    assertThat(registry.get("bank_audit_consistent").gauge().value()).isEqualTo(1);
    assertThat(registry.get("bank_audit_timestamp_seconds").gauge().value())
        .isEqualTo(1_700_000_000);

    meters.audited(false, Instant.ofEpochSecond(1_700_000_100));
    assertThat(registry.get("bank_audit_consistent").gauge().value()).isZero();
  }

  private double transfers(Operation operation, String outcome, String code) {
    return registry
        .get("bank_transfers")
        .tags("kind", operation.code(), "outcome", outcome, "code", code)
        .counter()
        .count();
  }

  private double logins(String outcome) {
    return registry.get("bank_logins").tag("outcome", outcome).counter().count();
  }
}
