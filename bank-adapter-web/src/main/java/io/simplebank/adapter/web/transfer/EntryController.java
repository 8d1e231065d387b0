package io.simplebank.adapter.web.transfer;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.simplebank.adapter.web.account.NoSuchAccount;
import io.simplebank.adapter.web.problem.Problem;
import io.simplebank.adapter.web.problem.Violation;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.port.in.ListEntries;
import io.simplebank.domain.transfer.EntryId;
import io.simplebank.domain.user.Caller;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@Controller("/accounts/{id}/entries")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class EntryController {
  // RFC 3339 has four digits for the year, and PostgreSQL's times end somewhere, too.
  private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");
  private static final String OUT_OF_RANGE = "must be a time in the years 0000 to 9999";

  private final ListEntries listEntries;

  EntryController(ListEntries listEntries) {
    this.listEntries = listEntries;
  }

  @Get
  HttpResponse<?> list(
      @Min(value = 1, message = "must be at least {value}") long id,
      @QueryValue(defaultValue = "50")
          @Min(value = 1, message = "must be at least {value}")
          @Max(value = ListEntries.MAX_LIMIT, message = "must be at most {value}")
          int limit,
      @QueryValue @Nullable String cursor,
      @QueryValue @Nullable Instant from,
      @QueryValue @Nullable Instant to,
      Caller caller) {
    Optional<EntryId> before = Optional.ofNullable(cursor).flatMap(EntryCursor::read);
    List<Violation> violations = new ArrayList<>();
    if (cursor != null && before.isEmpty()) {
      violations.add(new Violation("cursor", "must be the next_cursor of an earlier page"));
    }
    if (!isInRange(from)) {
      violations.add(new Violation("from", OUT_OF_RANGE));
    }
    if (!isInRange(to)) {
      violations.add(new Violation("to", OUT_OF_RANGE));
    }
    if (!violations.isEmpty()) {
      return Problem.ofViolations(violations).response();
    }
    AccountId account = new AccountId(id);
    return listEntries
        .list(new ListEntries.Query(caller, account, limit, before.orElse(null), from, to))
        .<HttpResponse<?>>map(page -> HttpResponse.ok(EntriesJson.of(page)))
        .orElseGet(() -> NoSuchAccount.problem(account).response());
  }

  private static boolean isInRange(@Nullable Instant time) {
    return time == null || !(time.isBefore(EARLIEST) || time.isAfter(LATEST));
  }
}
