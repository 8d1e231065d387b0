package io.simplebank.adapter.web.transfer;

import io.simplebank.adapter.web.BankMeters;
import io.simplebank.domain.idempotency.Once;
import io.simplebank.domain.idempotency.Operation;
import io.simplebank.domain.idempotency.Reply;
import io.simplebank.domain.transfer.TransferOutcome;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletionStage;
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
    Tally tally = new Tally(operation);
    return tally.counted(useCase.apply(tally.noting(once, List::of)));
  }

  /** Has an order carried out and counts what became of it, once that is known. */
  CompletionStage<Reply> oneLater(
      Operation operation,
      Once<TransferOutcome> once,
      Function<Once<TransferOutcome>, CompletionStage<Reply>> useCase) {
    Tally tally = new Tally(operation);
    return useCase.apply(tally.noting(once, List::of)).thenApply(tally::counted);
  }

  /** Has many orders carried out that came together, and counts what became of each. */
  Reply many(
      Operation operation,
      Once<List<TransferOutcome>> once,
      Function<Once<List<TransferOutcome>>, Reply> useCase) {
    Tally tally = new Tally(operation);
    return tally.counted(useCase.apply(tally.noting(once, Function.identity())));
  }

  /** What became of the orders of one request, when it was decided last. */
  private final class Tally {
    private final Operation operation;
    private volatile List<TransferOutcome> last = List.of();

    Tally(Operation operation) {
      this.operation = operation;
    }

    <O> Once<O> noting(Once<O> once, Function<O, List<TransferOutcome>> outcomes) {
      return new Once<>(
          once.key(),
          outcome -> {
            last = outcomes.apply(outcome);
            return once.rendering().apply(outcome);
          });
    }

    Reply counted(Reply reply) {
      if (reply instanceof Reply.First) {
        last.forEach(outcome -> count(operation, outcome));
      }
      return reply;
    }
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
