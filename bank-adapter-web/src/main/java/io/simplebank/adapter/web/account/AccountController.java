package io.simplebank.adapter.web.account;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.simplebank.adapter.web.problem.Problem;
import io.simplebank.adapter.web.problem.ProblemCode;
import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.port.in.ListAccounts;
import io.simplebank.domain.port.in.OpenAccount;
import io.simplebank.domain.port.in.ViewAccount;
import io.simplebank.domain.user.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Currency;
import java.util.List;
import java.util.concurrent.CompletionStage;

@Controller("/accounts")
@Consumes(MediaType.ALL)
@Secured(SecurityRule.IS_AUTHENTICATED)
@Tag(name = "Accounts")
class AccountController {
  private final OpenAccount openAccount;
  private final ViewAccount viewAccount;
  private final ListAccounts listAccounts;

  AccountController(OpenAccount openAccount, ViewAccount viewAccount, ListAccounts listAccounts) {
    this.openAccount = openAccount;
    this.viewAccount = viewAccount;
    this.listAccounts = listAccounts;
  }

  @Post
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(summary = "Open an account, one for each currency")
  @ApiResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = AccountJson.class)))
  @ApiResponse(responseCode = "409", description = "account_already_exists")
  HttpResponse<?> open(@Body OpenAccountRequest request, Caller caller) {
    Currency currency = Currency.getInstance(request.currency());
    return switch (openAccount.open(new OpenAccount.Command(caller, currency))) {
      case OpenAccount.Outcome.Opened(var account) ->
          HttpResponse.created(AccountJson.full(account));
      case OpenAccount.Outcome.AlreadyOpen(var taken) ->
          Problem.of(
                  ProblemCode.ACCOUNT_ALREADY_EXISTS,
                  caller.username().value() + " has an account in " + taken + " already")
              .response();
      case OpenAccount.Outcome.CurrencyNotOffered(var missing) ->
          Problem.of(ProblemCode.CURRENCY_NOT_OFFERED, "no accounts are kept in " + missing)
              .response();
    };
  }

  /** Keeps no thread waiting: nothing is asked for more often. */
  @Get("/{id}")
  @Operation(summary = "Look at an account")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = AccountJson.class)))
  @ApiResponse(responseCode = "404", description = "account_not_found")
  CompletionStage<HttpResponse<?>> view(
      @Min(value = 1, message = "must be at least {value}") long id,
      Caller caller,
      HttpRequest<?> request) {
    // Whoever has read it knows of no request.
    String path = request.getPath();
    return viewAccount
        .view(caller, new AccountId(id))
        .thenApply(
            found ->
                found
                    .<HttpResponse<?>>map(account -> HttpResponse.ok(AccountJson.full(account)))
                    .orElseGet(() -> NoSuchAccount.problem(new AccountId(id)).at(path).response()));
  }

  @Get
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(summary = "List one's own accounts")
  List<AccountJson> list(
      @QueryValue(value = "page_id", defaultValue = "1")
          @Min(value = 1, message = "must be at least {value}")
          int pageId,
      @QueryValue(value = "page_size", defaultValue = "5")
          @Min(value = 1, message = "must be at least {value}")
          @Max(value = ListAccounts.MAX_PAGE_SIZE, message = "must be at most {value}")
          int pageSize,
      Caller caller) {
    List<Account> page = listAccounts.list(new ListAccounts.Query(caller, pageId, pageSize));
    return page.stream().map(AccountJson::full).toList();
  }
}
