package io.simplebank.adapter.web.account;

import static io.simplebank.adapter.web.WebBank.ALICE;
import static io.simplebank.adapter.web.WebBank.BANKER;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.simplebank.adapter.web.WebBank;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.port.in.ViewBalance;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BalanceTest {
  private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");

  private final WebBank bank = WebBank.fresh();

  @Test
  void shows_the_balance_of_now() {
    answers(Money.of(500, "EUR"), WebBank.NOW);

    bank.get(ALICE, "/accounts/3/balance")
        .is(
            200,
            """
            {"account_id": 3, "balance": 500, "currency": "EUR",
             "at": "2026-03-14T15:09:26.535897Z"}
            """);
    verify(bank.viewBalance).view(new ViewBalance.Query(ALICE, new AccountId(3), null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-01T00:00:00Z",
        "2026-01-01T00:00:00.000000000Z",
        "2026-01-01T02:00:00%2B02:00",
        "2025-12-31T23:00:00-01:00"
      })
  void shows_the_balance_of_a_moment(String at) {
    answers(Money.of(-7, "EUR"), NEW_YEAR);

    bank.get(BANKER, "/accounts/3/balance?at=" + at)
        .is(
            200,
            """
            {"account_id": 3, "balance": -7, "currency": "EUR", "at": "2026-01-01T00:00:00Z"}
            """);
    verify(bank.viewBalance).view(new ViewBalance.Query(BANKER, new AccountId(3), NEW_YEAR));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z"})
  void takes_every_time_of_four_digits(String at) {
    answers(Money.of(0, "EUR"), NEW_YEAR);

    bank.get(ALICE, "/accounts/3/balance?at=" + at);

    verify(bank.viewBalance)
        .view(new ViewBalance.Query(ALICE, new AccountId(3), Instant.parse(at)));
  }

  @ParameterizedTest
  @CsvSource({
    "3/balance?at=yesterday, at",
    "3/balance?at=2026-01-01, at",
    "3/balance?at=2026-01-01T00:00:00, at",
    "3/balance?at=1767225600000, at",
    "3/balance?at=-0001-12-31T23:59:59Z, at",
    "3/balance?at=%2B10000-01-01T00:00:00Z, at",
    "0/balance, id",
    "x/balance, id",
    "0/balance?at=x, id at",
    "x/balance?at=%2B10000-01-01T00:00:00Z, id at"
  })
  void names_every_wrong_parameter_at_once(String path, String wrong) {
    bank.get(ALICE, "/accounts/" + path).isInvalid(wrong.split(" "));

    verifyNoInteractions(bank.viewBalance);
  }

  @Test
  void says_which_times_there_are() {
    bank.get(ALICE, "/accounts/3/balance?at=%2B10000-01-01T00:00:00Z")
        .blames("at", "must be a time in the years 0000 to 9999");
    bank.get(ALICE, "/accounts/3/balance?at=noon").blames("at", "must be a time as of RFC 3339");
  }

  @Test
  void knows_no_balance_of_an_account_that_is_missing_or_of_somebody_else() {
    when(bank.viewBalance.view(any())).thenReturn(Optional.empty());

    bank.get(ALICE, "/accounts/4/balance")
        .isProblem(404, "account_not_found", "there is no account 4");
  }

  private void answers(Money amount, Instant at) {
    when(bank.viewBalance.view(any()))
        .thenReturn(Optional.of(new ViewBalance.Balance(new AccountId(3), amount, at)));
  }
}
