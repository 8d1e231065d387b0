package io.simplebank.adapter.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micronaut.context.annotation.Context;
import io.simplebank.domain.idempotency.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What can be told of the bank's business in numbers: all of it, so that an operator finds it in
 * one place. No name or number of a user, an account or a transfer is ever a label, because each
 * would be a time series for ever, and nobody else's business.
 */
@Context // Made at start, so that what has not happened yet is seen as zero.
public final class BankMeters {
  private static final String NO_CODE = "none";

  /** From what a quiet disk needs for one commit to what makes a client give up. */
  private static final Duration[] DURATIONS = {
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
  };

  private static final double[] SIZES = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000};

  /** What became of a login. */
  public enum LoginOutcome {
    /** A session began. */
    LOGGED_IN,
    /** No user has this name and this password. */
    REFUSED,
    /** Nothing was compared, because too many have been wrong of late. */
    THROTTLED;

    private String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final MeterRegistry registry;
  private final DistributionSummary batchSize;
  private final Timer queueWait;
  private final Timer batchWrite;
  private final MultiGauge pending;
  private final AtomicReference<Double> consistent = new AtomicReference<>(Double.NaN);
  private final AtomicReference<Double> auditedAt = new AtomicReference<>(0.0);

  /** Meters that are read where that registry is exported. */
  public BankMeters(MeterRegistry registry) {
    this.registry = registry;
    for (Operation operation : Operation.values()) {
      // Or the first of its kind would not be seen as a rise.
      transfers(operation, "posted", NO_CODE, 0);
    }
    for (LoginOutcome outcome : LoginOutcome.values()) {
      logins(outcome, 0);
    }
    batchSize =
        DistributionSummary.builder("bank_batch_transfers")
            .description("Orders that were decided and written in one transaction.")
            .serviceLevelObjectives(SIZES)
            .register(registry);
    queueWait =
        Timer.builder("bank_batch_wait")
            .description("How long the first order of a batch waited until it was being written.")
            .serviceLevelObjectives(DURATIONS)
            .register(registry);
    batchWrite =
        Timer.builder("bank_batch_write")
            .description("How long it took to decide and write a batch, its commit included.")
            .serviceLevelObjectives(DURATIONS)
            .register(registry);
    pending =
        MultiGauge.builder("bank_pending_minor_units")
            .description("What is set aside on all accounts for transfers that are pending.")
            .register(registry);
    Gauge.builder("bank_audit_consistent", consistent, AtomicReference::get)
        .description("1 when the last audit that this server was asked for found all well, else 0.")
        .register(registry);
    Gauge.builder("bank_audit_timestamp_seconds", auditedAt, AtomicReference::get)
        .description("When this server was last asked for an audit; 0 when it has not been yet.")
        .register(registry);
  }

  /** Counts an order that was carried out; its outcome is a word such as {@code posted}. */
  public void carriedOut(Operation operation, String outcome) {
    transfers(operation, outcome, NO_CODE, 1);
  }

  /** Counts an order that a rule declined, with the code that the client was told. */
  public void declined(Operation operation, String code) {
    transfers(operation, "declined", code, 1);
  }

  /** Counts a login. */
  public void login(LoginOutcome outcome) {
    logins(outcome, 1);
  }

  /** Takes down a batch that was written. */
  public void written(int transfers, Duration waited, Duration took) {
    batchSize.record(transfers);
    queueWait.record(waited);
    batchWrite.record(took);
  }

  /** Takes down what is pending now, in minor units of each currency. */
  public void pending(Map<Currency, ? extends Number> amounts) {
    pending.register(
        amounts.entrySet().stream()
            .<MultiGauge.Row<?>>map(
                amount ->
                    MultiGauge.Row.of(
                        Tags.of("currency", amount.getKey().getCurrencyCode()), amount.getValue()))
            .toList(),
        true);
  }

  /** Takes down what the ledger's audit came to. */
  public void audited(boolean isConsistent, Instant at) {
    consistent.set(isConsistent ? 1.0 : 0.0);
    auditedAt.set((double) at.getEpochSecond());
  }

  private void transfers(Operation operation, String outcome, String code, int more) {
    Counter.builder("bank_transfers")
        .description("Orders by kind and outcome; those that were declined by the code, too.")
        .tags("kind", operation.code(), "outcome", outcome, "code", code)
        .register(registry)
        .increment(more);
  }

  private void logins(LoginOutcome outcome, int more) {
    Counter.builder("bank_logins")
        .description("Logins by what became of them.")
        .tag("outcome", outcome.code())
        .register(registry)
        .increment(more);
  }
}
