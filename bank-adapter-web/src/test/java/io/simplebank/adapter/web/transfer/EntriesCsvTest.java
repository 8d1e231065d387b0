package io.simplebank.adapter.web.transfer;

import static io.simplebank.adapter.web.WebBank.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;
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
import io.simplebank.domain.transfer.TransferId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries as a file for spreadsheets. */
final class EntriesCsvTest {
  private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");
  private static final String HEADER =
      "id,account_id,transfer_id,amount,balance_after,created_at\r\n";
  private static final Account ACCOUNT = Samples.account(3, Samples.ALICE, 500);

  private final WebBank bank = WebBank.fresh();

  @Test
  void lists_the_same_as_json_in_a_file() {
    when(bank.listEntries.list(query(1000, null))).thenReturn(lastPage(entry(14), entry(13)));

    Answer file = csv("/accounts/3/entries");

    assertThat(file.status()).isEqualTo(200);
    assertThat(file.body())
        .isEqualTo(
            HEADER
                + "14,3,7,-100,500,2026-03-14T15:09:26.535897Z\r\n"
                + "13,3,7,-100,500,2026-03-14T15:09:26.535897Z\r\n");
    assertThat(file.header("Content-Type")).contains("text/csv");
    assertThat(file.header("Content-Disposition"))
        .contains("attachment; filename=\"account-3-entries.csv\"");
    file.tellsNothingOfTheMachine();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-03-14T15:09:26Z",
        "2026-03-14T15:09:00Z",
        "2026-03-14T15:09:26.500Z",
        "2026-03-14T15:09:26.000001Z"
      })
  void writes_times_as_json_does(String time) {
    Entry entry =
        new Entry(
            new EntryId(14),
            ACCOUNT.id(),
            new TransferId(7),
            Money.of(1, "EUR"),
            ACCOUNT.balance(),
            Instant.parse(time));
    when(bank.listEntries.list(any())).thenReturn(lastPage(entry));

    assertThat(csv("/accounts/3/entries").body())
        .isEqualTo(HEADER + "14,3,7,1,500," + time + "\r\n");
    assertThat(bank.get(ALICE, "/accounts/3/entries").body())
        .contains("\"created_at\":\"" + time + "\"");
  }

  @Test
  void has_a_header_line_even_without_entries() {
    when(bank.listEntries.list(any())).thenReturn(lastPage());

    assertThat(csv("/accounts/3/entries").body()).isEqualTo(HEADER);
  }

  @Test
  void holds_all_pages_to_the_last() {
    when(bank.listEntries.list(query(1000, null))).thenReturn(page(20, entry(21), entry(20)));
    // A page without entries is no reason to stop, as long as there is a next one.
    when(bank.listEntries.list(query(1000, new EntryId(20)))).thenReturn(page(19));
    when(bank.listEntries.list(query(1000, new EntryId(19)))).thenReturn(page(18, entry(18)));
    when(bank.listEntries.list(query(1000, new EntryId(18)))).thenReturn(lastPage(entry(17)));

    assertThat(ids(csv("/accounts/3/entries"))).containsExactly("21", "20", "18", "17");
  }

  @Test
  void keeps_to_a_span_of_time_on_every_page() {
    ListEntries.Query first =
        new ListEntries.Query(ALICE, new AccountId(3), 1000, null, NEW_YEAR, WebBank.NOW);
    ListEntries.Query second =
        new ListEntries.Query(
            ALICE, new AccountId(3), 1000, new EntryId(20), NEW_YEAR, WebBank.NOW);
    when(bank.listEntries.list(first)).thenReturn(page(20, entry(20)));
    when(bank.listEntries.list(second)).thenReturn(lastPage(entry(19)));

    assertThat(ids(csv("/accounts/3/entries?from=" + NEW_YEAR + "&to=" + WebBank.NOW)))
        .containsExactly("20", "19");
  }

  @Test
  void ends_at_the_limit_when_there_is_one() {
    when(bank.listEntries.list(query(2, null))).thenReturn(page(20, entry(21), entry(20)));

    assertThat(ids(csv("/accounts/3/entries?limit=2"))).containsExactly("21", "20");
    verify(bank.listEntries).list(query(2, null));
    verifyNoMoreInteractions(bank.listEntries);
  }

  @Test
  void begins_at_the_cursor_when_there_is_one() {
    when(bank.listEntries.list(query(50, null))).thenReturn(page(20, entry(20)));
    when(bank.listEntries.list(query(1000, new EntryId(20)))).thenReturn(lastPage(entry(19)));
    Object cursor = ((Map<?, ?>) bank.get(ALICE, "/accounts/3/entries").json()).get("next_cursor");

    assertThat(ids(csv("/accounts/3/entries?cursor=" + cursor))).containsExactly("19");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/csv|text/csv",
        "TEXT/CSV|text/csv",
        "text/csv; charset=utf-8|text/csv",
        "application/json;q=0.5, text/csv|text/csv",
        "image/png, text/csv;q=0.1|text/csv",
        "application/json|application/json",
        "application/json, text/csv;q=0.9|application/json",
        "text/csv;q=0.5, application/json|application/json",
        "*/*|application/json",
        "text/html, */*;q=0.8|application/json",
        "text/csv;q=0.5, */*|application/json",
        "text/csv, */*;q=0.5|text/csv",
        "text/csv, application/json|application/json"
      })
  void answers_in_what_the_client_would_rather_have(String accepted, String type) {
    when(bank.listEntries.list(any())).thenReturn(lastPage());

    Answer answer =
        bank.call("GET", "/accounts/3/entries").as(ALICE).header("Accept", accepted).send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).contains(type);
    assertThat(answer.header("Vary")).contains("Accept");
  }

  @Test
  void has_json_and_csv_only() {
    bank.call("GET", "/accounts/3/entries")
        .as(ALICE)
        .header("Accept", "image/png")
        .send()
        .isProblem(406, "not_acceptable");
  }

  @Test
  void answers_problems_as_such() {
    when(bank.listEntries.list(any())).thenReturn(Optional.empty());

    csv("/accounts/4/entries").isProblem(404, "account_not_found", "there is no account 4");
    csv("/accounts/4/entries?limit=1001&from=x").isInvalid("limit", "from");
    csv("/accounts/4/entries?cursor=x").isInvalid("cursor");
    bank.call("GET", "/accounts/4/entries")
        .header("Accept", "text/csv")
        .send()
        .isProblem(401, "unauthenticated");
  }

  @Test
  void answers_head_without_a_body() {
    when(bank.listEntries.list(any())).thenReturn(page(20, entry(20)));

    Answer answer =
        bank.call("HEAD", "/accounts/3/entries").as(ALICE).header("Accept", "text/csv").send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.header("Content-Type")).contains("text/csv");
    verify(bank.listEntries).list(query(1000, null));
    verifyNoMoreInteractions(bank.listEntries);
  }

  @Test
  void breaks_off_so_that_a_client_notices_when_a_later_page_fails() {
    when(bank.listEntries.list(query(1000, null))).thenReturn(page(20, entry(20)));
    when(bank.listEntries.list(query(1000, new EntryId(20))))
        .thenThrow(new RejectedExecutionException("no connection to the database"));

    assertThatThrownBy(() -> csv("/accounts/3/entries"))
        .isInstanceOf(UncheckedIOException.class)
        .hasCauseInstanceOf(IOException.class);

    when(bank.listEntries.list(any())).thenReturn(lastPage());
    assertThat(csv("/accounts/3/entries").body()).isEqualTo(HEADER);
  }

  @Test
  void fails_as_a_whole_when_the_first_page_does() {
    when(bank.listEntries.list(any())).thenThrow(new RejectedExecutionException("busy"));

    csv("/accounts/3/entries").isProblem(503, "unavailable");
  }

  private Answer csv(String path) {
    return bank.call("GET", path).as(ALICE).header("Accept", "text/csv").send();
  }

  private static List<String> ids(Answer file) {
    assertThat(file.body()).startsWith(HEADER).endsWith("\r\n");
    return file.body().lines().skip(1).map(line -> line.substring(0, line.indexOf(','))).toList();
  }

  private static ListEntries.Query query(int limit, @Nullable EntryId before) {
    return new ListEntries.Query(ALICE, new AccountId(3), limit, before, null, null);
  }

  private static Optional<ListEntries.Page> page(long next, Entry... entries) {
    return Optional.of(new ListEntries.Page(List.of(entries), Optional.of(new EntryId(next))));
  }

  private static Optional<ListEntries.Page> lastPage(Entry... entries) {
    return Optional.of(new ListEntries.Page(List.of(entries), Optional.empty()));
  }

  private static Entry entry(long id) {
    return Samples.entry(id, ACCOUNT, Money.of(-100, "EUR"));
  }
}
