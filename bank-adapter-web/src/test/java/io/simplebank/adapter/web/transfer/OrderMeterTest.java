package io.simplebank.adapter.web.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.simplebank.adapter.web.BankMeters;
import io.simplebank.adapter.web.Samples;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.idempotency.Answer;
import io.simplebank.domain.idempotency.Once;
import io.simplebank.domain.idempotency.Operation;
import io.simplebank.domain.idempotency.Reply;
import io.simplebank.domain.transfer.Decline;
import io.simplebank.domain.transfer.TransferOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An order is counted once, as what its client was told. */
final class OrderMeterTest {
  private static final TransferOutcome POSTED =
      new TransferOutcome.Posted(
          Samples.posting(
              Samples.account(3, Samples.ALICE, 400),
              Samples.account(4, Samples.BOB, 900),
              100,
              "rent"));
  private static final TransferOutcome DECLINED =
      new TransferOutcome.Declined(new Decline.InsufficientFunds(new AccountId(3)));
  private static final Answer ANSWER = new Answer(201, "in words");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final OrderMeter meter = new OrderMeter(new BankMeters(registry));

  @Test
  void counts_what_was_posted_and_what_was_declined_and_why() {
    assertThat(order(POSTED)).isEqualTo(new Reply.First(ANSWER));
    order(POSTED);
    order(DECLINED);

    assertThat(counted("posted", "none")).isEqualTo(2);
    assertThat(counted("declined", "insufficient_funds")).isEqualTo(1);
  }

  @Test
  void counts_the_last_run_of_a_transaction_alone() {
    meter.one(
        Operation.TRANSFER,
        once(),
        once -> {
          var _ = once.rendering().apply(POSTED);
          return new Reply.First(once.rendering().apply(DECLINED));
        });

    assertThat(counted("posted", "none")).isZero();
    assertThat(counted("declined", "insufficient_funds")).isEqualTo(1);
  }

  @Test
  void does_not_count_what_is_told_again_or_was_not_done() {
    meter.one(Operation.TRANSFER, once(), once -> new Reply.Replayed(ANSWER));
    meter.one(Operation.TRANSFER, once(), once -> new Reply.KeyReused());
    // Decided, and then rolled back for another request with the same key.
    meter.one(
        Operation.TRANSFER,
        once(),
        once -> {
          var _ = once.rendering().apply(POSTED);
          return new Reply.Replayed(ANSWER);
        });

    assertThat(counted("posted", "none")).isZero();
  }

  @Test
  void counts_each_order_of_a_batch() {
    Once<List<TransferOutcome>> once = new Once<>(null, outcomes -> ANSWER);

    meter.many(
        Operation.TRANSFER,
        once,
        counted ->
            new Reply.First(counted.rendering().apply(List.of(POSTED, DECLINED, POSTED, POSTED))));

    assertThat(counted("posted", "none")).isEqualTo(3);
    assertThat(counted("declined", "insufficient_funds")).isEqualTo(1);
  }

  private Reply order(TransferOutcome outcome) {
    return meter.one(
        Operation.TRANSFER, once(), once -> new Reply.First(once.rendering().apply(outcome)));
  }

  private static Once<TransferOutcome> once() {
    return new Once<>(null, outcome -> ANSWER);
  }

  private double counted(String outcome, String code) {
    Counter counter =
        registry
            .find("bank_transfers")
            .tags("kind", "transfer", "outcome", outcome, "code", code)
            .counter();
    return counter == null ? 0 : counter.count();
  }
}
