package io.simplebank.adapter.web.transfer;

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
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.port.in.DepositMoney;
import io.simplebank.domain.port.in.WithdrawMoney;
import io.simplebank.domain.user.Caller;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Null;
import org.jspecify.annotations.Nullable;

/** The counter, where bankers take deposits and pay out withdrawals. */
@Controller("/accounts/{id}")
@Consumes(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured("banker")
class CashController {
  static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  /** A client that sends a key relies on it when it repeats a request: better to say no at once. */
  static final String NO_KEYS = "is not supported yet: leave the header out";

  private final DepositMoney depositMoney;
  private final WithdrawMoney withdrawMoney;

  CashController(DepositMoney depositMoney, WithdrawMoney withdrawMoney) {
    this.depositMoney = depositMoney;
    this.withdrawMoney = withdrawMoney;
  }

  @Post("/deposits")
  HttpResponse<?> deposit(
      @Min(value = 1, message = "must be at least {value}") long id,
      @Body CashRequest request,
      Caller caller,
      @Header(IDEMPOTENCY_KEY) @Nullable @Null(message = NO_KEYS) String idempotencyKey) {
    return PostedTransferJson.answer(
        depositMoney.deposit(request.toDeposit(caller, new AccountId(id))), caller);
  }

  @Post("/withdrawals")
  HttpResponse<?> withdraw(
      @Min(value = 1, message = "must be at least {value}") long id,
      @Body CashRequest request,
      Caller caller,
      @Header(IDEMPOTENCY_KEY) @Nullable @Null(message = NO_KEYS) String idempotencyKey) {
    return PostedTransferJson.answer(
        withdrawMoney.withdraw(request.toWithdrawal(caller, new AccountId(id))), caller);
  }
}
