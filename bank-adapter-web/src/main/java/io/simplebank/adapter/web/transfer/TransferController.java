package io.simplebank.adapter.web.transfer;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.simplebank.adapter.web.idempotency.Answers;
import io.simplebank.domain.idempotency.IdempotencyKey;
import io.simplebank.domain.port.in.ReverseTransfer;
import io.simplebank.domain.port.in.TransferInBatch;
import io.simplebank.domain.port.in.TransferMoney;
import io.simplebank.domain.port.in.ViewTransfer;
import io.simplebank.domain.transfer.TransferId;
import io.simplebank.domain.transfer.TransferOutcome;
import io.simplebank.domain.user.Caller;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Controller("/transfers")
@Consumes(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class TransferController {
  private static final String BATCH_PATH = "/transfers/batch";

  private final TransferMoney transferMoney;
  private final TransferInBatch transferInBatch;
  private final ReverseTransfer reverseTransfer;
  private final ViewTransfer viewTransfer;
  private final Answers answers;

  TransferController(
      TransferMoney transferMoney,
      TransferInBatch transferInBatch,
      ReverseTransfer reverseTransfer,
      ViewTransfer viewTransfer,
      Answers answers) {
    this.transferMoney = transferMoney;
    this.transferInBatch = transferInBatch;
    this.reverseTransfer = reverseTransfer;
    this.viewTransfer = viewTransfer;
    this.answers = answers;
  }

  @Post
  HttpResponse<?> transfer(
      @Body TransferRequest request,
      Caller caller,
      @Header(Answers.KEY_HEADER)
          @Nullable
          @Pattern(regexp = IdempotencyKey.PATTERN, message = Answers.KEY_MESSAGE)
          String idempotencyKey) {
    return answers.<TransferOutcome>answer(
        idempotencyKey,
        outcome -> PostedTransferJson.response(outcome, caller),
        once -> transferMoney.transfer(request.toCommand(caller), once));
  }

  /** 200 says that the batch was decided; what became of each transfer is in its result. */
  @Post("/batch")
  HttpResponse<?> transferInBatch(
      @Body BatchRequest request,
      Caller caller,
      @Header(Answers.KEY_HEADER)
          @Nullable
          @Pattern(regexp = IdempotencyKey.PATTERN, message = Answers.KEY_MESSAGE)
          String idempotencyKey) {
    return answers.<List<TransferOutcome>>answer(
        idempotencyKey,
        outcomes -> HttpResponse.ok(BatchJson.of(outcomes, caller, BATCH_PATH)),
        once -> transferInBatch.transfer(request.toCommand(caller), once));
  }

  /** Without a body, all that is left is given back. */
  @Post("/{id}/reversal")
  HttpResponse<?> reverse(
      @Min(value = 1, message = "must be at least {value}") long id,
      @Body @Nullable ReversalRequest request,
      Caller caller,
      @Header(Answers.KEY_HEADER)
          @Nullable
          @Pattern(regexp = IdempotencyKey.PATTERN, message = Answers.KEY_MESSAGE)
          String idempotencyKey) {
    ReversalRequest asked = request == null ? ReversalRequest.OF_ALL : request;
    return answers.<TransferOutcome>answer(
        idempotencyKey,
        outcome -> PostedTransferJson.response(outcome, caller),
        once -> reverseTransfer.reverse(asked.toCommand(caller, new TransferId(id)), once));
  }

  @Get("/{id}")
  HttpResponse<?> view(
      @Min(value = 1, message = "must be at least {value}") long id, Caller caller) {
    return viewTransfer
        .view(caller, new TransferId(id))
        .<HttpResponse<?>>map(transfer -> HttpResponse.ok(TransferJson.of(transfer)))
        .orElseGet(() -> DeclineProblem.noSuch(new TransferId(id)).response());
  }
}
