package io.simplebank.adapter.web.transfer;

import io.simplebank.adapter.web.BankMeters;
import io.simplebank.domain.idempotency.Once;
import io.simplebank.domain.idempotency.Operation;
import io.simplebank.domain.idempotency.Reply;
import io.simplebank.domain.transfer.TransferOutcome;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Counts what becomes of orders: each once and when it is durable, however often its transaction
 * was run, and not when the client is told again.
 */
@Singleton
final class OrderMeter {
  private final BankMeters meters;

  OrderMeter(BankMeters meters) {
    this.meters = meters;
  }

  /** Has an order carried out and counts what became of it. */
  Reply one(
      Operation operation,
      Once<TransferOutcome> once,
      Function<Once<TransferOutcome>, Reply> useCase) {
    return counted(operation, once, useCase, List::of);
  }

  /** Has many orders carried out that came together, and counts what became of each. */
  Reply many(
      Operation operation,
      Once<List<TransferOutcome>> once,
      Function<Once<List<TransferOutcome>>, Reply> useCase) {
    return counted(operation, once, useCase, Function.identity());
  }

  private <O> Reply counted(
      Operation operation,
      Once<O> once,
      Function<Once<O>, Reply> useCase,
      Function<O, List<TransferOutcome>> outcomes) {
    AtomicReference<List<TransferOutcome>> last = new AtomicReference<>(List.of());
    Reply reply =
        useCase.apply(
            new Once<>(
                once.key(),
                outcome -> {
                  last.set(outcomes.apply(outcome));
                  return once.rendering().apply(outcome);
                }));
    if (reply instanceof Reply.First) {
      last.get().forEach(outcome -> count(operation, outcome));
    }
    return reply;
  }

  private void count(Operation operation, TransferOutcome outcome) {
    switch (outcome) {
      case TransferOutcome.Posted posted -> meters.carriedOut(operation, "posted");
      case TransferOutcome.Pending pending -> meters.carriedOut(operation, "pending");
      case TransferOutcome.Voided voided -> meters.carriedOut(operation, "voided");
      case TransferOutcome.Declined(var reason) ->
          meters.declined(operation, DeclineProblem.of(reason).code());
    }
  }
}
