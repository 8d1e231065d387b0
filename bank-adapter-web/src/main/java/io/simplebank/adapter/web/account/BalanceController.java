package io.simplebank.adapter.web.account;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.port.in.ViewBalance;
import io.simplebank.domain.user.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Controller("/accounts/{id}/balance")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
@Tag(name = "Accounts")
class BalanceController {
  private final ViewBalance viewBalance;

  BalanceController(ViewBalance viewBalance) {
    this.viewBalance = viewBalance;
  }

  @Get
  @Operation(summary = "The balance now, or at a moment")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = BalanceJson.class)))
  @ApiResponse(responseCode = "404", description = "account_not_found")
  HttpResponse<?> view(
      @Min(value = 1, message = "must be at least {value}") long id,
      @QueryValue @Nullable @FourDigitYear Instant at,
      Caller caller) {
    AccountId account = new AccountId(id);
    return viewBalance
        .view(new ViewBalance.Query(caller, account, at))
        .<HttpResponse<?>>map(balance -> HttpResponse.ok(BalanceJson.of(balance)))
        .orElseGet(() -> NoSuchAccount.problem(account).response());
  }
}
