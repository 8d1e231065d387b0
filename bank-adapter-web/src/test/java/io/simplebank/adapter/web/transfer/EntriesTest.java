package io.simplebank.adapter.web.transfer;

import static io.simplebank.adapter.web.WebBank.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.simplebank.adapter.web.Answer;
import io.simplebank.adapter.web.Samples;
import io.simplebank.adapter.web.WebBank;
import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.port.in.ListEntries;
import io.simplebank.domain.transfer.Entry;
import io.simplebank.domain.transfer.EntryId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EntriesTest {
  private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");

  private final WebBank bank = WebBank.fresh();

  @BeforeEach
  void has_no_entries() {
    answers(List.of(), Optional.empty());
  }

  @Test
  void lists_entries_and_where_to_go_on() {
    Account account = Samples.account(3, Samples.ALICE, 500);
    answers(
        List.of(
            Samples.entry(14, account, Money.of(-100, "EUR")),
            Samples.entry(13, account, Money.of(200, "EUR"))),
        Optional.of(new EntryId(13)));

    Answer page = bank.get(ALICE, "/accounts/3/entries");

    page.is(
        200,
        """
        {"entries": [
           {"id": 14, "account_id": 3, "transfer_id": 7, "amount": -100, "balance_after": 500,
            "created_at": "2026-03-14T15:09:26.535897Z"},
           {"id": 13, "account_id": 3, "transfer_id": 7, "amount": 200, "balance_after": 500,
            "created_at": "2026-03-14T15:09:26.535897Z"}],
         "next_cursor": "%s"}
        """
            .formatted(nextCursor(page)));
    verify(bank.listEntries)
        .list(new ListEntries.Query(ALICE, new AccountId(3), 50, null, null, null));
  }

  @Test
  void says_that_there_is_no_more() {
    bank.get(ALICE, "/accounts/3/entries")
        .is(
            200,
            """
            {"entries": [], "next_cursor": null}
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?", "?limit=", "?limit=50", "?LIMIT=7"})
  void lists_50_entries_when_nothing_is_asked(String query) {
    bank.get(ALICE, "/accounts/3/entries" + query);

    verify(bank.listEntries)
        .list(new ListEntries.Query(ALICE, new AccountId(3), 50, null, null, null));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 13, Long.MAX_VALUE})
  void goes_on_where_the_last_page_ended(long id) {
    String cursor = cursorBehind(id, "/accounts/3/entries");

    bank.get(ALICE, "/accounts/3/entries?limit=1000&cursor=" + cursor);

    verify(bank.listEntries)
        .list(new ListEntries.Query(ALICE, new AccountId(3), 1000, new EntryId(id), null, null));
  }

  @Test
  void goes_on_within_the_span_of_the_last_page_however_it_is_written() {
    String cursor =
        cursorBehind(13, "/accounts/3/entries?limit=7&from=2026-01-01T00:00:00Z&to=" + NEW_YEAR);

    bank.get(
        ALICE,
        "/accounts/3/entries?to="
            + NEW_YEAR
            + "&from=2026-01-01T02:00:00%2B02:00&cursor="
            + cursor);

    verify(bank.listEntries)
        .list(
            new ListEntries.Query(
                ALICE, new AccountId(3), 50, new EntryId(13), NEW_YEAR, NEW_YEAR));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "13",
        "%3F",
        "AAAAAAAAAAA",
        "AQAAAAAAAAANAAAAAAAAAAAAAAAAAAAAAAAA",
        "____________________________________",
        "AQAAAAAAAAANAAAAAAAAAAAAAAAAAAAAAAAA%0A",
        "%00"
      })
  void refuses_a_cursor_that_it_has_not_made(String cursor) {
    bank.get(ALICE, "/accounts/3/entries?cursor=" + cursor)
        .blames("cursor", "must be the next_cursor of an earlier page of the same list");

    verifyNoInteractions(bank.listEntries);
  }

  @ParameterizedTest
  @CsvSource({
    "3/entries, 4/entries?",
    "3/entries, 3/entries?from=2026-01-01T00:00:00Z&",
    "3/entries, 3/entries?to=2026-01-01T00:00:00Z&",
    "3/entries?from=2026-01-01T00:00:00Z, 3/entries?",
    "3/entries?from=2026-01-01T00:00:00Z, 3/entries?to=2026-01-01T00:00:00Z&",
    "3/entries?from=2026-01-01T00:00:00Z, 3/entries?from=2026-01-01T00:00:00.000000001Z&",
  })
  void refuses_a_cursor_of_another_list(String made, String used) {
    String cursor = cursorBehind(13, "/accounts/" + made);
    clearInvocations(bank.listEntries);

    bank.get(ALICE, "/accounts/" + used + "cursor=" + cursor)
        .blames("cursor", "must be the next_cursor of an earlier page of the same list");
    verifyNoInteractions(bank.listEntries);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-01T00:00:00Z, 2026-01-01T00:00:00.000000Z",
    "2026-01-01T02:00:00%2B02:00, 2025-12-31T23:00:00-01:00"
  })
  void takes_times_in_utc_and_with_an_offset(String from, String to) {
    bank.get(ALICE, "/accounts/3/entries?from=" + from + "&to=" + to);

    verify(bank.listEntries)
        .list(new ListEntries.Query(ALICE, new AccountId(3), 50, null, NEW_YEAR, NEW_YEAR));
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0, limit",
    "limit=1001, limit",
    "limit=-1, limit",
    "limit=x, limit",
    "limit=1e2, limit",
    "from=yesterday, from",
    "from=2026-01-01, from",
    "from=2026-01-01T00:00:00, from",
    "from=1767225600000, from",
    "to=2026-13-01T00:00:00Z, to",
    "from=x&to=y&limit=z, from to limit",
    "from=x&limit=0, from limit",
    "from=-0001-12-31T23:59:59Z, from",
    "to=%2B10000-01-01T00:00:00Z, to",
    "from=%2B999999999-12-31T23:59:59Z&to=-999999999-01-01T00:00:00Z&cursor=x, cursor from to"
  })
  void names_every_wrong_parameter_at_once(String query, String wrong) {
    bank.get(ALICE, "/accounts/3/entries?" + query).isInvalid(wrong.split(" "));

    verifyNoInteractions(bank.listEntries);
  }

  @Test
  void names_a_wrong_id_together_with_the_parameters() {
    bank.get(ALICE, "/accounts/x/entries?limit=0&from=x").isInvalid("id", "limit", "from");
    bank.get(ALICE, "/accounts/0/entries?limit=x&request=1&caller=1").isInvalid("id", "limit");
    bank.get(ALICE, "/accounts/0/entries").blames("id", "must be at least 1");
  }

  @Test
  void knows_no_entries_of_an_account_that_is_missing_or_of_somebody_else() {
    when(bank.listEntries.list(any())).thenReturn(Optional.empty());

    bank.get(ALICE, "/accounts/4/entries")
        .isProblem(404, "account_not_found", "there is no account 4");
  }

  private String cursorBehind(long id, String path) {
    answers(List.of(), Optional.of(new EntryId(id)));
    String cursor = nextCursor(bank.get(ALICE, path));
    assertThat(cursor).matches("[A-Za-z0-9_-]+");
    return cursor;
  }

  private static String nextCursor(Answer page) {
    return String.valueOf(((Map<?, ?>) page.json()).get("next_cursor"));
  }

  private void answers(List<Entry> entries, Optional<EntryId> next) {
    when(bank.listEntries.list(any())).thenReturn(Optional.of(new ListEntries.Page(entries, next)));
  }
}
