package io.simplebank.adapter.web.account;

import static io.simplebank.adapter.web.WebBank.ALICE;
import static io.simplebank.adapter.web.WebBank.BANKER;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.simplebank.adapter.web.Answer;
import io.simplebank.adapter.web.Samples;
import io.simplebank.adapter.web.WebBank;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.AccountStatus;
import io.simplebank.domain.account.Reason;
import io.simplebank.domain.account.StatusChange;
import io.simplebank.domain.account.StatusRefusal;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.port.in.ChangeAccountStatus.Command;
import io.simplebank.domain.port.in.ChangeAccountStatus.Outcome;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StatusTest {
  private static final AccountId ID = new AccountId(3);
  private static final String BODY = "{\"reason\": \"court order 7/26\"}";
  private static final String ACCOUNT =
      """
      {"id": 3, "owner": "alice", "balance": 500, "available_balance": 500, "currency": "EUR",
       "status": "open", "created_at": "2026-01-02T03:04:05.000006Z"}
      """;

  private final WebBank bank = WebBank.fresh();

  @Test
  void freezes_an_account_for_the_reason_that_is_given() {
    when(bank.changeAccountStatus.change(
            new Command(BANKER, ID, StatusChange.FREEZE, new Reason("court order 7/26"))))
        .thenReturn(
            new Outcome.Changed(
                Samples.account(3, Samples.ALICE, 500).changedBy(StatusChange.FREEZE)));

    bank.post(BANKER, "/accounts/3/freeze", "{\"reason\": \"  court order 7/26\\t\"}")
        .is(
            200,
            """
            {"id": 3, "owner": "alice", "balance": 500, "available_balance": 500,
             "currency": "EUR", "status": "frozen", "created_at": "2026-01-02T03:04:05.000006Z"}
            """);
  }

  @ParameterizedTest
  @EnumSource
  void asks_for_what_the_path_says(StatusChange change) {
    when(bank.changeAccountStatus.change(
            new Command(BANKER, ID, change, new Reason("court order 7/26"))))
        .thenReturn(new Outcome.Changed(Samples.account(3, Samples.ALICE, 500)));

    String path = "/accounts/3/" + change.name().toLowerCase(Locale.ROOT);

    bank.call("POST", path).as(BANKER).body(BODY).send().is(200, ACCOUNT);
  }

  @Test
  void says_which_rule_speaks_against_it() {
    refuses(new StatusRefusal.AccountNotFound(ID))
        .isProblem(404, "account_not_found", "there is no account 3");
    refuses(new StatusRefusal.BankersOnly(ID))
        .isProblem(403, "forbidden", "only a banker may do this to account 3");
    refuses(new StatusRefusal.WrongStatus(ID, AccountStatus.CLOSED))
        .isProblem(409, "account_status_conflict", "account 3 is closed");
    refuses(new StatusRefusal.NotEmpty(ID, Money.of(-5, "EUR")))
        .isProblem(
            409, "account_not_empty", "the balance of account 3 is -5 EUR minor units, not 0");
    refuses(new StatusRefusal.DebitsPending(ID, Money.of(7, "EUR")))
        .isProblem(
            409,
            "account_has_pending_debits",
            "on account 3, 7 EUR minor units are set aside for pending transfers");
  }

  private Answer refuses(StatusRefusal reason) {
    when(bank.changeAccountStatus.change(any())).thenReturn(new Outcome.Refused(reason));
    return bank.post(ALICE, "/accounts/3/close", BODY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "7", "\"\"", "\" \\t\"", "\"a\\nb\"", "\"a\\u0000\""})
  void needs_a_reason(String reason) {
    for (String path : new String[] {"freeze", "unfreeze", "close"}) {
      bank.post(BANKER, "/accounts/3/" + path, "{\"reason\": " + reason + "}").isInvalid("reason");
    }

    verifyNoInteractions(bank.changeAccountStatus);
  }

  @Test
  void says_how_long_a_reason_may_be() {
    bank.post(BANKER, "/accounts/3/freeze", "{}").blames("reason", "is required");
    bank.post(BANKER, "/accounts/3/freeze", "{\"reason\": \"%s\"}".formatted("x".repeat(141)))
        .blames(
            "reason",
            "must have 1 to 140 characters besides the space around them and no control"
                + " characters");
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "x"})
  void changes_nothing_without_a_number(String id) {
    bank.post(BANKER, "/accounts/" + id + "/close", BODY).isInvalid("id");

    verifyNoInteractions(bank.changeAccountStatus);
  }
}
