package io.simplebank.adapter.web.transfer;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
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
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

@Controller("/accounts/{id}/entries")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class EntryController {
  private final ListEntries listEntries;
  private final PageCursors cursors;

  EntryController(ListEntries listEntries, PageCursors cursors) {
    this.listEntries = listEntries;
    this.cursors = cursors;
  }

  @Get
  HttpResponse<?> list(
      @Min(value = 1, message = "must be at least {value}") long id,
      @QueryValue(defaultValue = "50")
          @Min(value = 1, message = "must be at least {value}")
          @Max(value = ListEntries.MAX_LIMIT, message = "must be at most {value}")
          int limit,
      @QueryValue @Nullable @Pattern(regexp = PageCursors.PATTERN, message = PageCursors.MESSAGE)
          String cursor,
      @QueryValue @Nullable @FourDigitYear Instant from,
      @QueryValue @Nullable @FourDigitYear Instant to,
      Caller caller) {
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
    return listEntries
        .list(new ListEntries.Query(caller, account, limit, before, from, to))
        .<HttpResponse<?>>map(page -> HttpResponse.ok(json(page, list)))
        .orElseGet(() -> NoSuchAccount.problem(account).response());
  }

  private EntriesJson json(ListEntries.Page page, String list) {
    return EntriesJson.of(
        page, page.next().map(last -> cursors.write(last.value(), list)).orElse(null));
  }
}
