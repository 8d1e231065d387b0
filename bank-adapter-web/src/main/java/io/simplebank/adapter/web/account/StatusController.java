package io.simplebank.adapter.web.account;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.simplebank.adapter.web.problem.Problem;
import io.simplebank.adapter.web.problem.ProblemCode;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.StatusChange;
import io.simplebank.domain.account.StatusRefusal;
import io.simplebank.domain.port.in.ChangeAccountStatus;
import io.simplebank.domain.user.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Min;
import java.util.Locale;

/** Who may do which is for the use case to say: owners may close, and strangers know no account. */
@Controller("/accounts/{id}")
@Consumes(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
@Tag(name = "Accounts")
class StatusController {
  private final ChangeAccountStatus changeAccountStatus;

  StatusController(ChangeAccountStatus changeAccountStatus) {
    this.changeAccountStatus = changeAccountStatus;
  }

  @Post("/freeze")
  @Operation(summary = "Freeze an account: it pays and receives nothing")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = AccountJson.class)))
  @ApiResponse(responseCode = "403", description = "forbidden")
  @ApiResponse(responseCode = "404", description = "account_not_found")
  @ApiResponse(responseCode = "409", description = "account_status_conflict")
  HttpResponse<?> freeze(
      @Min(value = 1, message = "must be at least {value}") long id,
      @Body ReasonRequest request,
      Caller caller) {
    return change(request.toCommand(caller, new AccountId(id), StatusChange.FREEZE));
  }

  @Post("/unfreeze")
  @Operation(summary = "Let a frozen account pay and receive again")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = AccountJson.class)))
  @ApiResponse(responseCode = "403", description = "forbidden")
  @ApiResponse(responseCode = "404", description = "account_not_found")
  @ApiResponse(responseCode = "409", description = "account_status_conflict")
  HttpResponse<?> unfreeze(
      @Min(value = 1, message = "must be at least {value}") long id,
      @Body ReasonRequest request,
      Caller caller) {
    return change(request.toCommand(caller, new AccountId(id), StatusChange.UNFREEZE));
  }

  @Post("/close")
  @Operation(summary = "Close an empty account for good")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = AccountJson.class)))
  @ApiResponse(responseCode = "403", description = "forbidden")
  @ApiResponse(responseCode = "404", description = "account_not_found")
  @ApiResponse(
      responseCode = "409",
      description = "account_status_conflict, account_not_empty, account_has_pending_debits")
  HttpResponse<?> close(
      @Min(value = 1, message = "must be at least {value}") long id,
      @Body ReasonRequest request,
      Caller caller) {
    return change(request.toCommand(caller, new AccountId(id), StatusChange.CLOSE));
  }

  private HttpResponse<?> change(ChangeAccountStatus.Command command) {
    return switch (changeAccountStatus.change(command)) {
      case ChangeAccountStatus.Outcome.Changed(var account) ->
          HttpResponse.ok(AccountJson.full(account));
      case ChangeAccountStatus.Outcome.Refused(var reason) -> problem(reason).response();
    };
  }

  private static Problem problem(StatusRefusal refusal) {
    return switch (refusal) {
      case StatusRefusal.AccountNotFound(var account) -> NoSuchAccount.problem(account);
      case StatusRefusal.BankersOnly(var account) ->
          Problem.of(ProblemCode.FORBIDDEN, "only a banker may do this to " + name(account));
      case StatusRefusal.WrongStatus(var account, var status) ->
          Problem.of(
              ProblemCode.ACCOUNT_STATUS_CONFLICT,
              name(account) + " is " + status.name().toLowerCase(Locale.ROOT));
      case StatusRefusal.NotEmpty(var account, var balance) ->
          Problem.of(
              ProblemCode.ACCOUNT_NOT_EMPTY,
              "the balance of " + name(account) + " is " + balance + ", not 0");
      case StatusRefusal.DebitsPending(var account, var pending) ->
          Problem.of(
              ProblemCode.ACCOUNT_HAS_PENDING_DEBITS,
              "on " + name(account) + ", " + pending + " are set aside for pending transfers");
    };
  }

  private static String name(AccountId account) {
    return "account " + account.value();
  }
}
