package io.simplebank.adapter.web.account;

import static io.simplebank.adapter.web.WebBank.ALICE;
import static io.simplebank.adapter.web.WebBank.BANKER;
import static java.util.concurrent.CompletableFuture.completedStage;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.simplebank.adapter.web.Samples;
import io.simplebank.adapter.web.WebBank;
import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.AccountStatus;
import io.simplebank.domain.account.Limits;
import io.simplebank.domain.account.Owner;
import io.simplebank.domain.account.Spending;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.port.in.ListAccounts;
import io.simplebank.domain.port.in.OpenAccount;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AccountsTest {
  private static final Currency EUR = Currency.getInstance("EUR");
  private static final String ACCOUNT =
      """
      {"id": 3, "owner": "alice", "balance": 500, "available_balance": 500, "currency": "EUR",
       "status": "open", "created_at": "2026-01-02T03:04:05.000006Z"}
      """;

  private final WebBank bank = WebBank.fresh();

  @Test
  void opens_an_account() {
    Account account = Samples.account(3, Samples.ALICE, 500);
    when(bank.openAccount.open(new OpenAccount.Command(ALICE, EUR)))
        .thenReturn(new OpenAccount.Outcome.Opened(account));

    bank.post(ALICE, "/accounts", "{\"currency\": \"EUR\"}").is(201, ACCOUNT);
  }

  @Test
  void opens_one_account_in_each_currency() {
    when(bank.openAccount.open(any())).thenReturn(new OpenAccount.Outcome.AlreadyOpen(EUR));

    bank.post(ALICE, "/accounts", "{\"currency\": \"EUR\"}")
        .isProblem(409, "account_already_exists", "alice has an account in EUR already");
  }

  @Test
  void passes_on_that_a_currency_is_not_offered_any_more() {
    bank.letPortsImagineOutcomes();
    when(bank.openAccount.open(any())).thenReturn(new OpenAccount.Outcome.CurrencyNotOffered(EUR));

    bank.post(ALICE, "/accounts", "{\"currency\": \"EUR\"}")
        .isProblem(422, "currency_not_offered", "no accounts are kept in EUR");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"JPY\"", "\"eur\"", "\"EURO\"", "\"\"", "\" EUR\"", "null", "7", "[\"EUR\"]"})
  void opens_no_account_without_a_currency_of_the_banks(String currency) {
    bank.post(ALICE, "/accounts", "{\"currency\": " + currency + "}").isInvalid("currency");

    verifyNoInteractions(bank.openAccount);
  }

  @Test
  void says_which_currencies_there_are() {
    bank.post(ALICE, "/accounts", "{\"currency\": \"JPY\"}")
        .blames("currency", "must be one of CAD, EUR, USD");
    bank.post(ALICE, "/accounts", "{}").blames("currency", "is required");
  }

  @Test
  void shows_an_account() {
    when(bank.viewAccount.view(ALICE, new AccountId(3)))
        .thenReturn(completedStage(Optional.of(Samples.account(3, Samples.ALICE, 500))));

    bank.get(ALICE, "/accounts/3").is(200, ACCOUNT);
  }

  @Test
  void shows_what_is_available_and_in_which_state_an_account_is() {
    Account account =
        new Account(
            new AccountId(Long.MAX_VALUE),
            Samples.BOB,
            Money.of(-30, "EUR"),
            Money.of(20, "EUR"),
            Money.of(100, "EUR"),
            AccountStatus.FROZEN,
            Samples.OPENED,
            Samples.OPENED,
            Limits.NONE,
            Spending.none(EUR));
    when(bank.viewAccount.view(BANKER, account.id()))
        .thenReturn(completedStage(Optional.of(account)));

    bank.get(BANKER, "/accounts/9223372036854775807")
        .is(
            200,
            """
            {"id": 9223372036854775807, "owner": "bob", "balance": -30, "available_balance": 50,
             "currency": "EUR", "status": "frozen", "created_at": "2026-01-02T03:04:05.000006Z"}
            """);
  }

  @Test
  void shows_the_banks_own_accounts_to_bankers() {
    when(bank.viewAccount.view(BANKER, new AccountId(1)))
        .thenReturn(completedStage(Optional.of(Samples.account(1, Owner.bank(), -500))));

    bank.get(BANKER, "/accounts/1")
        .is(
            200,
            """
            {"id": 1, "owner": "@bank", "balance": -500, "available_balance": -500,
             "currency": "EUR", "status": "open", "created_at": "2026-01-02T03:04:05.000006Z"}
            """);
  }

  @Test
  void knows_no_account_that_is_missing_or_of_somebody_else() {
    when(bank.viewAccount.view(any(), any())).thenReturn(completedStage(Optional.empty()));

    bank.get(ALICE, "/accounts/4").isProblem(404, "account_not_found", "there is no account 4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "x", "1.5", "1e2", "9223372036854775808", "%00", "%FF", "%20"})
  void shows_nothing_without_a_number(String id) {
    bank.get(ALICE, "/accounts/" + id).isInvalid("id");

    verifyNoInteractions(bank.viewAccount);
  }

  @Test
  void lists_accounts_as_a_bare_array() {
    when(bank.listAccounts.list(new ListAccounts.Query(ALICE, 2, 100)))
        .thenReturn(List.of(Samples.account(3, Samples.ALICE, 500)));

    bank.get(ALICE, "/accounts?page_id=2&page_size=100").is(200, "[" + ACCOUNT + "]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?", "?page_id=&page_size=", "?page_id=1", "?page=7&PAGE_SIZE=7"})
  void lists_page_1_of_5_when_nothing_is_asked(String query) {
    when(bank.listAccounts.list(any())).thenReturn(List.of());

    bank.get(ALICE, "/accounts" + query).is(200, "[]");

    verify(bank.listAccounts).list(new ListAccounts.Query(ALICE, 1, 5));
  }

  @Test
  void counts_pages_to_the_largest_number() {
    bank.get(ALICE, "/accounts?page_id=2147483647&page_size=1").is(200, "[]");

    verify(bank.listAccounts).list(new ListAccounts.Query(ALICE, Integer.MAX_VALUE, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "page_id=0, page_id",
    "page_id=-1, page_id",
    "page_id=x, page_id",
    "page_id=1.5, page_id",
    "page_id=2147483648, page_id",
    "page_id=1&page_id=2, page_id",
    "page_size=0, page_size",
    "page_size=101, page_size",
    "page_size=ten, page_size",
    "page_size=%00, page_size",
    "page_id=0&page_size=101, page_id page_size",
    "page_id=a&page_size=b, page_id page_size",
    "page_id=0&page_size=b, page_id page_size",
    "page_id=a&page_size=0, page_id page_size",
  })
  void names_every_wrong_parameter_at_once(String query, String wrong) {
    bank.get(ALICE, "/accounts?" + query).isInvalid(wrong.split(" "));

    verifyNoInteractions(bank.listAccounts);
  }
}
