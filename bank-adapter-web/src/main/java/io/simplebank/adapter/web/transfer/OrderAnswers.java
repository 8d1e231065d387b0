package io.simplebank.adapter.web.transfer;

import io.micronaut.http.HttpResponse;
import io.simplebank.adapter.web.idempotency.Answers;
import io.simplebank.domain.idempotency.Once;
import io.simplebank.domain.idempotency.Operation;
import io.simplebank.domain.idempotency.Reply;
import io.simplebank.domain.transfer.TransferOutcome;
import io.simplebank.domain.user.Caller;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Has orders carried out once, counts what became of them, and answers those who gave them. */
@Singleton
final class OrderAnswers {
  private final Answers answers;
  private final OrderMeter meter;

  OrderAnswers(Answers answers, OrderMeter meter) {
    this.answers = answers;
    this.meter = meter;
  }

  /**
   * Answers one order.
   *
   * @param key the value of {@link Answers#KEY_HEADER}, when the client has sent one
   * @param useCase what carries the order out
   */
  HttpResponse<?> one(
      Operation operation,
      @Nullable String key,
      Caller caller,
      Function<Once<TransferOutcome>, Reply> useCase) {
    return answers.<TransferOutcome>answer(
        key,
        outcome -> PostedTransferJson.response(outcome, caller),
        once -> meter.one(operation, once, useCase));
  }

  /**
   * Answers one order, for which no thread waits.
   *
   * @param key the value of {@link Answers#KEY_HEADER}, when the client has sent one
   * @param useCase what carries the order out
   */
  CompletionStage<HttpResponse<?>> oneLater(
      Operation operation,
      @Nullable String key,
      Caller caller,
      Function<Once<TransferOutcome>, CompletionStage<Reply>> useCase) {
    return answers.<TransferOutcome>answerLater(
        key,
        outcome -> PostedTransferJson.response(outcome, caller),
        once -> meter.oneLater(operation, once, useCase));
  }

  /**
   * Answers many orders that came together.
   *
   * @param path where they came to
   */
  HttpResponse<?> many(
      Operation operation,
      @Nullable String key,
      Caller caller,
      String path,
      Function<Once<List<TransferOutcome>>, Reply> useCase) {
    return answers.<List<TransferOutcome>>answer(
        key,
        outcomes -> HttpResponse.ok(BatchJson.of(outcomes, caller, path)),
        once -> meter.many(operation, once, useCase));
  }
}
