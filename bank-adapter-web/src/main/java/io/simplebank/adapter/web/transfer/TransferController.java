package io.simplebank.adapter.web.transfer;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.simplebank.adapter.web.account.NoSuchAccount;
import io.simplebank.adapter.web.idempotency.Answers;
import io.simplebank.adapter.web.problem.Problem;
import io.simplebank.adapter.web.problem.Violation;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.idempotency.IdempotencyKey;
import io.simplebank.domain.port.in.ListTransfers;
import io.simplebank.domain.port.in.PostPending;
import io.simplebank.domain.port.in.ReverseTransfer;
import io.simplebank.domain.port.in.TransferInBatch;
import io.simplebank.domain.port.in.TransferMoney;
import io.simplebank.domain.port.in.ViewTransfer;
import io.simplebank.domain.port.in.VoidPending;
import io.simplebank.domain.transfer.TransferId;
import io.simplebank.domain.transfer.TransferOutcome;
import io.simplebank.domain.user.Caller;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.OptionalLong;
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
  private final PostPending postPending;
  private final VoidPending voidPending;
  private final ViewTransfer viewTransfer;
  private final ListTransfers listTransfers;
  private final PageCursors cursors;
  private final Answers answers;

  TransferController(
      TransferMoney transferMoney,
      TransferInBatch transferInBatch,
      ReverseTransfer reverseTransfer,
      PostPending postPending,
      VoidPending voidPending,
      ViewTransfer viewTransfer,
      ListTransfers listTransfers,
      PageCursors cursors,
      Answers answers) {
    this.transferMoney = transferMoney;
    this.transferInBatch = transferInBatch;
    this.reverseTransfer = reverseTransfer;
    this.postPending = postPending;
    this.voidPending = voidPending;
    this.viewTransfer = viewTransfer;
    this.listTransfers = listTransfers;
    this.cursors = cursors;
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

  /** Without a body, all that was set aside moves. */
  @Post("/{id}/post")
  HttpResponse<?> post(
      @Min(value = 1, message = "must be at least {value}") long id,
      @Body @Nullable PostRequest request,
      Caller caller,
      @Header(Answers.KEY_HEADER)
          @Nullable
          @Pattern(regexp = IdempotencyKey.PATTERN, message = Answers.KEY_MESSAGE)
          String idempotencyKey) {
    PostRequest asked = request == null ? PostRequest.OF_ALL : request;
    return answers.<TransferOutcome>answer(
        idempotencyKey,
        outcome -> PostedTransferJson.response(outcome, caller),
        once -> postPending.post(asked.toCommand(caller, new TransferId(id)), once));
  }

  /** A body is not needed, and not read. */
  @Post("/{id}/void")
  HttpResponse<?> release(
      @Min(value = 1, message = "must be at least {value}") long id,
      Caller caller,
      @Header(Answers.KEY_HEADER)
          @Nullable
          @Pattern(regexp = IdempotencyKey.PATTERN, message = Answers.KEY_MESSAGE)
          String idempotencyKey) {
    return answers.<TransferOutcome>answer(
        idempotencyKey,
        outcome -> PostedTransferJson.response(outcome, caller),
        once -> voidPending.release(new VoidPending.Command(caller, new TransferId(id)), once));
  }

  @Get
  HttpResponse<?> list(
      @QueryValue("account_id") @Min(value = 1, message = "must be at least {value}")
          long accountId,
      @QueryValue(defaultValue = "50")
          @Min(value = 1, message = "must be at least {value}")
          @Max(value = ListTransfers.MAX_LIMIT, message = "must be at most {value}")
          int limit,
      @QueryValue @Nullable @Pattern(regexp = PageCursors.PATTERN, message = PageCursors.MESSAGE)
          String cursor,
      Caller caller) {
    AccountId account = new AccountId(accountId);
    String list = "transfers of " + accountId;
    TransferId before = null;
    if (cursor != null) {
      OptionalLong last = cursors.read(cursor, list);
      if (last.isEmpty()) {
        return Problem.ofViolations(List.of(new Violation("cursor", PageCursors.MESSAGE)))
            .response();
      }
      before = new TransferId(last.getAsLong());
    }
    return listTransfers
        .list(new ListTransfers.Query(caller, account, limit, before))
        .<HttpResponse<?>>map(page -> HttpResponse.ok(TransfersJson.of(page, next(page, list))))
        .orElseGet(() -> NoSuchAccount.problem(account).response());
  }

  private @Nullable String next(ListTransfers.Page page, String list) {
    return page.next().map(last -> cursors.write(last.value(), list)).orElse(null);
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
