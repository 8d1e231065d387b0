package io.simplebank.adapter.web.transfer;

import static io.simplebank.adapter.web.WebBank.ALICE;
import static io.simplebank.adapter.web.WebBank.BOB;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.simplebank.adapter.web.Samples;
import io.simplebank.adapter.web.WebBank;
import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.port.in.ListEntries;
import io.simplebank.domain.port.in.ListTransfers;
import io.simplebank.domain.transfer.EntryId;
import io.simplebank.domain.transfer.Transfer;
import io.simplebank.domain.transfer.TransferId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TransferListTest {
  private static final String PATH = "/transfers?account_id=3";
  private static final Pattern CURSOR = Pattern.compile("\"next_cursor\":\"([A-Za-z0-9_-]{36})\"");

  private final WebBank bank = WebBank.fresh();

  @BeforeEach
  void has_no_transfers() {
    answers(List.of(), Optional.empty());
  }

  @Test
  void lists_transfers_and_where_to_go_on() {
    Account from = Samples.account(3, Samples.ALICE, 500);
    Account to = Samples.account(4, Samples.BOB, 0);
    answers(List.of(Samples.pending(from, to, 100)), Optional.of(new TransferId(7)));

    String cursor = cursorOf(PATH);

    bank.get(ALICE, PATH)
        .is(
            200,
            """
            {"transfers": [
               {"id": 7, "from_account_id": 3, "to_account_id": 4, "amount": 100,
                "currency": "EUR", "reference": null, "created_at": "2026-03-14T15:09:26.535897Z",
                "status": "pending", "expires_at": "2026-03-14T15:10:26.535897Z"}],
             "next_cursor": "%s"}
            """
                .formatted(cursor));
    clearInvocations(bank.listTransfers);
    bank.get(ALICE, PATH + "&limit=1000&cursor=" + cursor);
    verify(bank.listTransfers)
        .list(new ListTransfers.Query(ALICE, new AccountId(3), 1000, new TransferId(7)));
  }

  @Test
  void says_that_there_is_no_more() {
    bank.get(ALICE, PATH)
        .is(
            200,
            """
            {"transfers": [], "next_cursor": null}
            """);
    verify(bank.listTransfers).list(new ListTransfers.Query(ALICE, new AccountId(3), 50, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"&limit=0", "&limit=1001", "&limit=x", "&limit=-1", "&limit=99999999999"})
  void takes_a_limit_within_bounds(String limit) {
    bank.get(ALICE, PATH + limit).isInvalid("limit");

    verifyNoInteractions(bank.listTransfers);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?account_id=", "?account_id=0", "?account_id=x", "?limit=5"})
  void needs_an_account(String query) {
    bank.get(ALICE, "/transfers" + query).isInvalid("account_id");

    verifyNoInteractions(bank.listTransfers);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "13", "AQAAAAAAAAANAAAAAAAAAAAAAAAAAAAAAAAA"})
  void refuses_a_cursor_that_it_has_not_made(String cursor) {
    bank.get(ALICE, PATH + "&cursor=" + cursor)
        .blames("cursor", "must be the next_cursor of an earlier page of the same list");

    verifyNoInteractions(bank.listTransfers);
  }

  @Test
  void refuses_a_cursor_of_another_list() {
    answers(List.of(), Optional.of(new TransferId(7)));
    when(bank.listEntries.list(any()))
        .thenReturn(Optional.of(new ListEntries.Page(List.of(), Optional.of(new EntryId(7)))));
    String ofEntries = cursorOf("/accounts/3/entries");
    String ofAnother = cursorOf("/transfers?account_id=33");
    clearInvocations(bank.listTransfers);

    for (String cursor : List.of(ofEntries, ofAnother)) {
      bank.get(ALICE, PATH + "&cursor=" + cursor)
          .blames("cursor", "must be the next_cursor of an earlier page of the same list");
    }
    verifyNoInteractions(bank.listTransfers);
  }

  @Test
  void knows_no_account_of_somebody_else() {
    when(bank.listTransfers.list(any())).thenReturn(Optional.empty());

    bank.get(BOB, PATH).isProblem(404, "account_not_found", "there is no account 3");
  }

  private String cursorOf(String path) {
    Matcher matcher = CURSOR.matcher(bank.get(ALICE, path).body());
    if (!matcher.find()) {
      throw new AssertionError("no cursor at " + path);
    }
    return matcher.group(1);
  }

  private void answers(List<Transfer> transfers, Optional<TransferId> next) {
    when(bank.listTransfers.list(any()))
        .thenReturn(Optional.of(new ListTransfers.Page(transfers, next)));
  }
}
