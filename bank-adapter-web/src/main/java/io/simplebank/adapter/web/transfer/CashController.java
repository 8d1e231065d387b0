package io.simplebank.adapter.web.transfer;

import static io.simplebank.domain.idempotency.Operation.DEPOSIT;
import static io.simplebank.domain.idempotency.Operation.WITHDRAWAL;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.simplebank.adapter.web.idempotency.Answers;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.idempotency.IdempotencyKey;
import io.simplebank.domain.port.in.DepositMoney;
import io.simplebank.domain.port.in.WithdrawMoney;
import io.simplebank.domain.user.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/** The counter, where bankers take deposits and pay out withdrawals. */
@Controller("/accounts/{id}")
@Consumes(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured("banker")
@Tag(name = "Counter")
class CashController {
  private final DepositMoney depositMoney;
  private final WithdrawMoney withdrawMoney;
  private final OrderAnswers answers;

  CashController(DepositMoney depositMoney, WithdrawMoney withdrawMoney, OrderAnswers answers) {
    this.depositMoney = depositMoney;
    this.withdrawMoney = withdrawMoney;
    this.answers = answers;
  }

  @Post("/deposits")
  @Operation(summary = "Take a deposit")
  @ApiResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = PostedTransferJson.class)))
  @ApiResponse(responseCode = "404", description = "account_not_found")
  @ApiResponse(
      responseCode = "422",
      description = "same_account, account_not_open, currency_mismatch, balance_overflow")
  HttpResponse<?> deposit(
      @Min(value = 1, message = "must be at least {value}") long id,
      @Body CashRequest request,
      Caller caller,
      @Header(Answers.KEY_HEADER)
          @Nullable
          @Pattern(regexp = IdempotencyKey.PATTERN, message = Answers.KEY_MESSAGE)
          String idempotencyKey) {
    return answers.one(
        DEPOSIT,
        idempotencyKey,
        caller,
        once -> depositMoney.deposit(request.toDeposit(caller, new AccountId(id)), once));
  }

  @Post("/withdrawals")
  @Operation(summary = "Pay out a withdrawal")
  @ApiResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = PostedTransferJson.class)))
  @ApiResponse(responseCode = "404", description = "account_not_found")
  @ApiResponse(
      responseCode = "422",
      description =
          "same_account, account_not_open, currency_mismatch, limit_exceeded, insufficient_funds")
  HttpResponse<?> withdraw(
      @Min(value = 1, message = "must be at least {value}") long id,
      @Body CashRequest request,
      Caller caller,
      @Header(Answers.KEY_HEADER)
          @Nullable
          @Pattern(regexp = IdempotencyKey.PATTERN, message = Answers.KEY_MESSAGE)
          String idempotencyKey) {
    return answers.one(
        WITHDRAWAL,
        idempotencyKey,
        caller,
        once -> withdrawMoney.withdraw(request.toWithdrawal(caller, new AccountId(id)), once));
  }
}
