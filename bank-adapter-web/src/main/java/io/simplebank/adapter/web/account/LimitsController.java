package io.simplebank.adapter.web.account;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.simplebank.adapter.web.problem.Problem;
import io.simplebank.adapter.web.problem.ProblemCode;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.port.in.SetLimits;
import io.simplebank.domain.port.in.ViewLimits;
import io.simplebank.domain.user.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Min;

@Controller("/accounts/{id}/limits")
@Consumes(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
@Tag(name = "Accounts")
class LimitsController {
  private final ViewLimits viewLimits;
  private final SetLimits setLimits;

  LimitsController(ViewLimits viewLimits, SetLimits setLimits) {
    this.viewLimits = viewLimits;
    this.setLimits = setLimits;
  }

  @Get
  @Operation(summary = "The limits of an account")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = LimitsJson.class)))
  @ApiResponse(responseCode = "404", description = "account_not_found")
  HttpResponse<?> view(
      @Min(value = 1, message = "must be at least {value}") long id, Caller caller) {
    AccountId account = new AccountId(id);
    return viewLimits
        .viewLimits(caller, account)
        .<HttpResponse<?>>map(found -> HttpResponse.ok(LimitsJson.of(found)))
        .orElseGet(() -> NoSuchAccount.problem(account).response());
  }

  @Put
  @Operation(summary = "Set the limits of an account")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = LimitsJson.class)))
  @ApiResponse(responseCode = "403", description = "forbidden")
  @ApiResponse(responseCode = "404", description = "account_not_found")
  @ApiResponse(responseCode = "409", description = "account_status_conflict, overdraft_in_use")
  @ApiResponse(responseCode = "422", description = "balance_overflow")
  HttpResponse<?> set(
      @Min(value = 1, message = "must be at least {value}") long id,
      @Body LimitsRequest request,
      Caller caller) {
    AccountId account = new AccountId(id);
    return switch (setLimits.set(request.toCommand(caller, account))) {
      case SetLimits.Outcome.Done(var limited) -> HttpResponse.ok(LimitsJson.of(limited));
      case SetLimits.Outcome.NoSuchAccount() -> NoSuchAccount.problem(account).response();
      case SetLimits.Outcome.BankersOnly() ->
          Problem.of(ProblemCode.FORBIDDEN, "only a banker may set limits").response();
      case SetLimits.Outcome.Closed() ->
          Problem.of(ProblemCode.ACCOUNT_STATUS_CONFLICT, "account " + id + " is closed")
              .response();
      case SetLimits.Outcome.OverdraftInUse(var inUse) ->
          Problem.of(
                  ProblemCode.OVERDRAFT_IN_USE,
                  "account "
                      + id
                      + " uses an overdraft of "
                      + inUse
                      + ", which the limit would not allow")
              .response();
      case SetLimits.Outcome.OverdraftTooHigh(var balance) ->
          Problem.of(
                  ProblemCode.BALANCE_OVERFLOW,
                  "with a balance of " + balance + ", what is available would not fit into 64 bits")
              .response();
    };
  }
}
