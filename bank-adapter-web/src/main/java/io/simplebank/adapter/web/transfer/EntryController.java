package io.simplebank.adapter.web.transfer;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.simplebank.adapter.web.account.FourDigitYear;
import io.simplebank.adapter.web.account.NoSuchAccount;
import io.simplebank.adapter.web.problem.Problem;
import io.simplebank.adapter.web.problem.Violation;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.port.in.ListEntries;
import io.simplebank.domain.transfer.EntryId;
import io.simplebank.domain.user.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

@Controller("/accounts/{id}/entries")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
@Tag(name = "Accounts")
class EntryController {
  private static final int DEFAULT_LIMIT = 50;

  private final ListEntries listEntries;
  private final PageCursors cursors;

  EntryController(ListEntries listEntries, PageCursors cursors) {
    this.listEntries = listEntries;
    this.cursors = cursors;
  }

  @Get
  @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_CSV})
  @Operation(summary = "What happened on an account, newest first")
  @ApiResponse(
      responseCode = "200",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = EntriesJson.class)),
        @Content(mediaType = MediaType.TEXT_CSV, schema = @Schema(type = "string"))
      })
  @ApiResponse(responseCode = "404", description = "account_not_found")
  HttpResponse<?> list(
      @Min(value = 1, message = "must be at least {value}") long id,
      @QueryValue
          @Nullable
          @Min(value = 1, message = "must be at least {value}")
          @Max(value = ListEntries.MAX_LIMIT, message = "must be at most {value}")
          Integer limit,
      @QueryValue @Nullable @Pattern(regexp = PageCursors.PATTERN, message = PageCursors.MESSAGE)
          String cursor,
      @QueryValue @Nullable @FourDigitYear Instant from,
      @QueryValue @Nullable @FourDigitYear Instant to,
      Caller caller,
      HttpHeaders headers) {
    AccountId account = new AccountId(id);
    String list = "entries of " + id + " from " + from + " to " + to;
    EntryId before = null;
    if (cursor != null) {
      OptionalLong last = cursors.read(cursor, list);
      if (last.isEmpty()) {
        return Problem.ofViolations(List.of(new Violation("cursor", PageCursors.MESSAGE)))
            .response();
      }
      before = new EntryId(last.getAsLong());
    }
    boolean csv = prefersCsv(headers.accept());
    int defaultLimit = csv ? ListEntries.MAX_LIMIT : DEFAULT_LIMIT;
    ListEntries.Query query =
        new ListEntries.Query(
            caller, account, limit == null ? defaultLimit : limit, before, from, to);
    return listEntries
        .list(query)
        .map(page -> csv ? csv(query, page, limit == null) : json(page, list))
        .<HttpResponse<?>>map(response -> response.header(HttpHeaders.VARY, HttpHeaders.ACCEPT))
        .orElseGet(() -> NoSuchAccount.problem(account).response());
  }

  private MutableHttpResponse<?> json(ListEntries.Page page, String list) {
    String next = page.next().map(last -> cursors.write(last.value(), list)).orElse(null);
    return HttpResponse.ok(EntriesJson.of(page, next)).contentType(MediaType.APPLICATION_JSON_TYPE);
  }

  /** All pages, or the first one alone. */
  private MutableHttpResponse<?> csv(ListEntries.Query query, ListEntries.Page first, boolean all) {
    ListEntries.Page begin = all ? first : new ListEntries.Page(first.entries(), Optional.empty());
    InputStream file = new EntriesCsv(begin, last -> pageBefore(last, query));
    return HttpResponse.ok(file)
        .contentType(MediaType.TEXT_CSV_TYPE)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"account-" + query.account().value() + "-entries.csv\"");
  }

  private ListEntries.Page pageBefore(EntryId last, ListEntries.Query query) {
    return listEntries
        .list(
            new ListEntries.Query(
                query.caller(), query.account(), query.limit(), last, query.from(), query.to()))
        .orElseThrow(() -> new IllegalStateException("the account has vanished"));
  }

  /** JSON it is, unless the client would rather have CSV. */
  private static boolean prefersCsv(List<MediaType> accepted) {
    return quality(accepted, MediaType.TEXT_CSV_TYPE)
            .compareTo(quality(accepted, MediaType.APPLICATION_JSON_TYPE))
        > 0;
  }

  private static BigDecimal quality(List<MediaType> accepted, MediaType type) {
    return accepted.stream()
        .filter(range -> range.matches(type))
        .map(MediaType::getQualityAsNumber)
        .max(Comparator.naturalOrder())
        .orElse(BigDecimal.ZERO);
  }
}
