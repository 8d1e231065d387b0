package io.simplebank.adapter.web.transfer;

import static io.simplebank.domain.idempotency.Operation.BATCH;
import static io.simplebank.domain.idempotency.Operation.POST;
import static io.simplebank.domain.idempotency.Operation.REVERSAL;
import static io.simplebank.domain.idempotency.Operation.TRANSFER;
import static io.simplebank.domain.idempotency.Operation.VOID;

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
import io.simplebank.domain.user.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

@Controller("/transfers")
@Consumes(MediaType.ALL)
@Secured(SecurityRule.IS_AUTHENTICATED)
@Tag(name = "Transfers")
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
  private final OrderAnswers answers;

  TransferController(
      TransferMoney transferMoney,
      TransferInBatch transferInBatch,
      ReverseTransfer reverseTransfer,
      PostPending postPending,
      VoidPending voidPending,
      ViewTransfer viewTransfer,
      ListTransfers listTransfers,
      PageCursors cursors,
      OrderAnswers answers) {
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

  /** Keeps no thread waiting: nothing is ordered more often. */
  @Post
  @Operation(summary = "Move money, or set it aside")
  @ApiResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(anyOf = {PostedTransferJson.class, HoldJson.class})))
  @ApiResponse(responseCode = "404", description = "account_not_found")
  @ApiResponse(
      responseCode = "422",
      description =
          "same_account, account_not_open, currency_mismatch, limit_exceeded, insufficient_funds,"
              + " balance_overflow")
  CompletionStage<HttpResponse<?>> transfer(
      @Body TransferRequest request,
      Caller caller,
      @Header(Answers.KEY_HEADER)
          @Nullable
          @Pattern(regexp = IdempotencyKey.PATTERN, message = Answers.KEY_MESSAGE)
          String idempotencyKey) {
    return answers.oneLater(
        TRANSFER,
        idempotencyKey,
        caller,
        once -> transferMoney.transfer(request.toCommand(caller), once));
  }

  /** 200 says that the batch was decided; what became of each transfer is in its result. */
  @Post("/batch")
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(summary = "Order up to 1 000 transfers at once")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = BatchJson.class)))
  HttpResponse<?> transferInBatch(
      @Body BatchRequest request,
      Caller caller,
      @Header(Answers.KEY_HEADER)
          @Nullable
          @Pattern(regexp = IdempotencyKey.PATTERN, message = Answers.KEY_MESSAGE)
          String idempotencyKey) {
    return answers.many(
        BATCH,
        idempotencyKey,
        caller,
        BATCH_PATH,
        once -> transferInBatch.transfer(request.toCommand(caller), once));
  }

  /** Without a body, all that is left is given back. */
  @Post("/{id}/reversal")
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(summary = "Give a transfer back, in part or whole")
  @ApiResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = PostedTransferJson.class)))
  @ApiResponse(responseCode = "403", description = "forbidden")
  @ApiResponse(responseCode = "404", description = "transfer_not_found")
  @ApiResponse(
      responseCode = "422",
      description =
          "account_not_open, insufficient_funds, balance_overflow, transfer_not_reversible,"
              + " reversal_exceeds_original")
  HttpResponse<?> reverse(
      @Min(value = 1, message = "must be at least {value}") long id,
      @Body @Nullable ReversalRequest request,
      Caller caller,
      @Header(Answers.KEY_HEADER)
          @Nullable
          @Pattern(regexp = IdempotencyKey.PATTERN, message = Answers.KEY_MESSAGE)
          String idempotencyKey) {
    ReversalRequest asked = request == null ? ReversalRequest.OF_ALL : request;
    return answers.one(
        REVERSAL,
        idempotencyKey,
        caller,
        once -> reverseTransfer.reverse(asked.toCommand(caller, new TransferId(id)), once));
  }

  /** Without a body, all that was set aside moves. */
  @Post("/{id}/post")
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(summary = "Settle a pending transfer, in part or whole")
  @ApiResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = PostedTransferJson.class)))
  @ApiResponse(responseCode = "403", description = "forbidden")
  @ApiResponse(responseCode = "404", description = "transfer_not_found")
  @ApiResponse(
      responseCode = "409",
      description =
          "transfer_not_pending, transfer_already_posted, transfer_already_voided,"
              + " transfer_expired")
  @ApiResponse(
      responseCode = "422",
      description = "account_not_open, balance_overflow, exceeds_pending_amount")
  HttpResponse<?> post(
      @Min(value = 1, message = "must be at least {value}") long id,
      @Body @Nullable PostRequest request,
      Caller caller,
      @Header(Answers.KEY_HEADER)
          @Nullable
          @Pattern(regexp = IdempotencyKey.PATTERN, message = Answers.KEY_MESSAGE)
          String idempotencyKey) {
    PostRequest asked = request == null ? PostRequest.OF_ALL : request;
    return answers.one(
        POST,
        idempotencyKey,
        caller,
        once -> postPending.post(asked.toCommand(caller, new TransferId(id)), once));
  }

  /** A body is not needed, and not read. */
  @Post("/{id}/void")
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(summary = "Release a pending transfer")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = HoldJson.class)))
  @ApiResponse(responseCode = "403", description = "forbidden")
  @ApiResponse(responseCode = "404", description = "transfer_not_found")
  @ApiResponse(
      responseCode = "409",
      description =
          "transfer_not_pending, transfer_already_posted, transfer_already_voided,"
              + " transfer_expired")
  HttpResponse<?> release(
      @Min(value = 1, message = "must be at least {value}") long id,
      Caller caller,
      @Header(Answers.KEY_HEADER)
          @Nullable
          @Pattern(regexp = IdempotencyKey.PATTERN, message = Answers.KEY_MESSAGE)
          String idempotencyKey) {
    return answers.one(
        VOID,
        idempotencyKey,
        caller,
        once -> voidPending.release(new VoidPending.Command(caller, new TransferId(id)), once));
  }

  @Get
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(summary = "The transfers of an account, newest first")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = TransfersJson.class)))
  @ApiResponse(responseCode = "404", description = "account_not_found")
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
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(summary = "Look at a transfer")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = TransferJson.class)))
  @ApiResponse(responseCode = "404", description = "transfer_not_found")
  HttpResponse<?> view(
      @Min(value = 1, message = "must be at least {value}") long id, Caller caller) {
    return viewTransfer
        .view(caller, new TransferId(id))
        .<HttpResponse<?>>map(transfer -> HttpResponse.ok(TransferJson.of(transfer)))
        .orElseGet(() -> DeclineProblem.noSuch(new TransferId(id)).response());
  }
}
