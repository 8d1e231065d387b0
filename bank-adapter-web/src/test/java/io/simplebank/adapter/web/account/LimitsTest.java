package io.simplebank.adapter.web.account;

import static io.simplebank.adapter.web.WebBank.ALICE;
import static io.simplebank.adapter.web.WebBank.BANKER;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.simplebank.adapter.web.Answer;
import io.simplebank.adapter.web.Samples;
import io.simplebank.adapter.web.WebBank;
import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.Limits;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.port.in.SetLimits.Command;
import io.simplebank.domain.port.in.SetLimits.Outcome;
import io.simplebank.domain.user.Caller;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LimitsTest {
  private static final AccountId ID = new AccountId(3);

  private final WebBank bank = WebBank.fresh();

  @Test
  void shows_limits_and_what_is_left_of_them() {
    Account limited =
        Samples.account(3, Samples.ALICE, 500)
            .asOf(WebBank.NOW)
            .limitedTo(euros(50), new Limits(euros(100), euros(40), euros(20)))
            .spent(euros(30));
    when(bank.viewLimits.viewLimits(ALICE, ID)).thenReturn(Optional.of(limited));

    bank.get(ALICE, "/accounts/3/limits")
        .is(
            200,
            """
            {"account_id": 3, "currency": "EUR", "overdraft_limit": 50, "max_transfer": 100,
             "daily_limit": 40, "monthly_limit": 20, "spent_today": 30, "spent_this_month": 30,
             "daily_left": 10, "monthly_left": 0}
            """);
  }

  @Test
  void leaves_out_limits_that_there_are_not() {
    when(bank.viewLimits.viewLimits(ALICE, ID))
        .thenReturn(Optional.of(Samples.account(3, Samples.ALICE, 500)));

    bank.get(ALICE, "/accounts/3/limits")
        .is(
            200,
            """
            {"account_id": 3, "currency": "EUR", "overdraft_limit": 0, "spent_today": 0,
             "spent_this_month": 0}
            """);
  }

  @Test
  void knows_no_limits_of_an_account_that_is_missing_or_of_somebody_else() {
    when(bank.viewLimits.viewLimits(any(), any())).thenReturn(Optional.empty());

    bank.get(ALICE, "/accounts/4/limits")
        .isProblem(404, "account_not_found", "there is no account 4");
  }

  @Test
  void replaces_all_limits_by_those_that_are_given() {
    Account limited =
        Samples.account(3, Samples.ALICE, 500)
            .limitedTo(euros(7), new Limits(null, euros(0), null));
    when(bank.setLimits.set(new Command(BANKER, ID, 7, null, 0L, null)))
        .thenReturn(new Outcome.Done(limited));

    for (String nothing : new String[] {"", ", \"max_transfer\": null, \"monthly_limit\": null"}) {
      put(BANKER, "{\"overdraft_limit\": 7, \"daily_limit\": 0" + nothing + "}")
          .is(
              200,
              """
              {"account_id": 3, "currency": "EUR", "overdraft_limit": 7, "daily_limit": 0,
               "spent_today": 0, "spent_this_month": 0, "daily_left": 0}
              """);
    }
  }

  @Test
  void passes_on_the_highest_limits() {
    long most = Long.MAX_VALUE;
    when(bank.setLimits.set(new Command(BANKER, ID, most, most, most, most)))
        .thenReturn(new Outcome.OverdraftTooHigh(euros(500)));

    put(
            BANKER,
            """
            {"overdraft_limit": 9223372036854775807, "max_transfer": 9223372036854775807,
             "daily_limit": 9223372036854775807, "monthly_limit": 9223372036854775807}
            """)
        .isProblem(
            422,
            "balance_overflow",
            "with a balance of 500 EUR minor units, what is available would not fit into 64 bits");
  }

  @Test
  void says_what_stands_in_the_way() {
    refuses(new Outcome.NoSuchAccount())
        .isProblem(404, "account_not_found", "there is no account 3");
    refuses(new Outcome.BankersOnly()).isProblem(403, "forbidden", "only a banker may set limits");
    refuses(new Outcome.Closed()).isProblem(409, "account_status_conflict", "account 3 is closed");
    refuses(new Outcome.OverdraftInUse(euros(30)))
        .isProblem(
            409,
            "overdraft_in_use",
            "account 3 uses an overdraft of 30 EUR minor units, which the limit would not allow");
  }

  private Answer refuses(Outcome outcome) {
    when(bank.setLimits.set(any())).thenReturn(outcome);
    return put(ALICE, "{\"overdraft_limit\": 0}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1.5", "\"7\"", "9223372036854775808", "true", "[]"})
  void takes_no_limit_that_is_no_amount(String limit) {
    put(
            BANKER,
            """
            {"overdraft_limit": %1$s, "max_transfer": %1$s, "daily_limit": %1$s,
             "monthly_limit": %1$s}
            """
                .formatted(limit))
        .isInvalid("overdraft_limit", "max_transfer", "daily_limit", "monthly_limit");

    verifyNoInteractions(bank.setLimits);
  }

  @Test
  void wants_to_hear_of_an_overdraft_limit_always() {
    put(BANKER, "{\"daily_limit\": 5}").blames("overdraft_limit", "is required");
    put(BANKER, "{\"overdraft_limit\": null}").blames("overdraft_limit", "is required");
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "x"})
  void limits_nothing_without_a_number(String id) {
    bank.call("PUT", "/accounts/" + id + "/limits")
        .as(BANKER)
        .body("{\"overdraft_limit\": 0}")
        .send()
        .isInvalid("id");
    bank.get(BANKER, "/accounts/" + id + "/limits").isInvalid("id");

    verifyNoInteractions(bank.setLimits, bank.viewLimits);
  }

  private Answer put(Caller caller, String body) {
    return bank.call("PUT", "/accounts/3/limits").as(caller).body(body).send();
  }

  private static Money euros(long minorUnits) {
    return Money.of(minorUnits, "EUR");
  }
}
