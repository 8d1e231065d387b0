package io.simplebank.adapter.web.transfer;

import static io.simplebank.adapter.web.WebBank.ALICE;
import static io.simplebank.adapter.web.WebBank.BANKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.simplebank.adapter.web.Answer;
import io.simplebank.adapter.web.Samples;
import io.simplebank.adapter.web.WebBank;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.AccountStatus;
import io.simplebank.domain.account.Limit;
import io.simplebank.domain.account.Owner;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.port.in.DepositMoney;
import io.simplebank.domain.port.in.TransferMoney;
import io.simplebank.domain.port.in.WithdrawMoney;
import io.simplebank.domain.transfer.Decline;
import io.simplebank.domain.transfer.PostedTransfer;
import io.simplebank.domain.transfer.Reference;
import io.simplebank.domain.transfer.TransferId;
import io.simplebank.domain.transfer.TransferOutcome;
import io.simplebank.domain.user.Caller;
import java.util.Currency;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TransfersTest {
  private static final String GOOD =
      """
      {"from_account_id": 3, "to_account_id": 4, "amount": 100, "currency": "EUR",
       "reference": "rent"}
      """;
  private static final PostedTransfer TO_A_STRANGER =
      Samples.posting(
          Samples.account(3, Samples.ALICE, 400),
          Samples.account(4, Samples.BOB, 900),
          100,
          "rent");
  private static final String SIDE_OF_ALICE =
      """
      "transfer": {"id": 7, "from_account_id": 3, "to_account_id": 4, "amount": 100,
         "currency": "EUR", "reference": "rent", "created_at": "2026-03-14T15:09:26.535897Z",
         "status": "posted"},
      "from_account": {"id": 3, "owner": "alice", "balance": 400, "available_balance": 400,
         "currency": "EUR", "status": "open", "created_at": "2026-01-02T03:04:05.000006Z"},
      "from_entry": {"id": 13, "account_id": 3, "transfer_id": 7, "amount": -100,
         "balance_after": 400, "created_at": "2026-03-14T15:09:26.535897Z"},
      """;
  private static final Currency EUR = Currency.getInstance("EUR");
  private static final Currency USD = Currency.getInstance("USD");

  record Declined(Decline decline, int status, String code, String detail) {}

  private final WebBank bank = WebBank.fresh();

  @BeforeEach
  void pays_a_stranger() {
    answers(TO_A_STRANGER);
  }

  @Test
  void shows_of_a_strangers_account_who_owns_it_and_nothing_more() {
    bank.post(ALICE, "/transfers", GOOD)
        .is(
            201,
            "{"
                + SIDE_OF_ALICE
                + """
                "to_account": {"id": 4, "owner": "bob", "currency": "EUR"},
                "to_entry": {"id": 14, "account_id": 4, "transfer_id": 7, "amount": 100,
                   "created_at": "2026-03-14T15:09:26.535897Z"}}
                """);
  }

  @Test
  void shows_both_accounts_to_their_owner() {
    answers(
        Samples.posting(
            Samples.account(3, Samples.ALICE, 400),
            Samples.account(4, Samples.ALICE, 900),
            100,
            "rent"));

    bank.post(ALICE, "/transfers", GOOD).is(201, "{" + SIDE_OF_ALICE + fullSide("alice"));
  }

  @Test
  void shows_both_accounts_to_bankers() {
    bank.post(BANKER, "/transfers", GOOD).is(201, "{" + SIDE_OF_ALICE + fullSide("bob"));
  }

  @Test
  void passes_on_what_was_ordered() {
    bank.post(ALICE, "/transfers", GOOD);

    verify(bank.transferMoney).transfer(eq(order(ALICE, 100, new Reference("rent"))), any());
  }

  @Test
  void needs_no_reference() {
    answers(
        Samples.posting(
            Samples.account(3, Samples.ALICE, 400), Samples.account(4, Samples.BOB, 9), 100, null));

    Answer answer = bank.post(ALICE, "/transfers", with("reference", "null"));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.body()).contains("\"reference\":null");
    verify(bank.transferMoney).transfer(eq(order(ALICE, 100, null)), any());
  }

  @Test
  void moves_the_largest_amount() {
    bank.post(ALICE, "/transfers", with("amount", "9223372036854775807"));

    verify(bank.transferMoney)
        .transfer(eq(order(ALICE, Long.MAX_VALUE, new Reference("rent"))), any());
  }

  @Test
  void names_every_missing_field_at_once() {
    bank.post(ALICE, "/transfers", "{}")
        .isInvalid("from_account_id", "to_account_id", "amount", "currency");

    verifyNoInteractions(bank.transferMoney);
  }

  @ParameterizedTest
  @MethodSource("wrong_numbers")
  void takes_whole_positive_numbers_only(String field, String number) {
    bank.post(ALICE, "/transfers", with(field, number)).isInvalid(field);

    verifyNoInteractions(bank.transferMoney);
  }

  static Stream<Arguments> wrong_numbers() {
    return Stream.of("from_account_id", "to_account_id", "amount")
        .flatMap(
            field ->
                Stream.of(
                        "-1",
                        "0",
                        "-0",
                        "1.5",
                        "1.0",
                        "1e2",
                        "1E400",
                        "\"7\"",
                        "\"\"",
                        "null",
                        "9223372036854775808",
                        "-9223372036854775809",
                        "18446744073709551617",
                        "true",
                        "[]",
                        "[7]",
                        "{}")
                    .map(number -> Arguments.of(field, number)));
  }

  @Test
  void says_what_is_wrong_with_a_number() {
    bank.post(ALICE, "/transfers", with("amount", "0")).blames("amount", "must be at least 1");
    bank.post(ALICE, "/transfers", with("amount", "1.5"))
        .blames("amount", "must be a whole number of at most 64 bits");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"JPY\"", "\"eur\"", "\"\"", "null", "1"})
  void moves_only_currencies_of_the_banks(String currency) {
    bank.post(ALICE, "/transfers", with("currency", currency)).isInvalid("currency");

    verifyNoInteractions(bank.transferMoney);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "\"a\\nb\"", "\"\\u0000\"", "\"\\u007f\"", "\"\\ud83d\"", "7"})
  void refuses_a_reference_that_cannot_be_printed(String reference) {
    bank.post(ALICE, "/transfers", with("reference", reference)).isInvalid("reference");

    verifyNoInteractions(bank.transferMoney);
  }

  @Test
  void counts_a_reference_in_characters() {
    String longest = "🐘".repeat(140);

    bank.post(ALICE, "/transfers", with("reference", "\"" + longest + "\""));
    bank.post(ALICE, "/transfers", with("reference", "\"" + longest + "!\""))
        .blames("reference", "must have 1 to 140 characters and no control characters");

    verify(bank.transferMoney).transfer(eq(order(ALICE, 100, new Reference(longest))), any());
  }

  @ParameterizedTest
  @MethodSource("declines")
  void says_why_an_order_was_declined(Declined expected) {
    bank.letPortsImagineOutcomes();
    Decline decline = expected.decline();
    doAnswer(Samples.replyingLater(new TransferOutcome.Declined(decline)))
        .when(bank.transferMoney)
        .transfer(any(), any());
    doAnswer(Samples.replying(new TransferOutcome.Declined(decline)))
        .when(bank.depositMoney)
        .deposit(any(), any());
    doAnswer(Samples.replying(new TransferOutcome.Declined(decline)))
        .when(bank.withdrawMoney)
        .withdraw(any(), any());

    bank.post(ALICE, "/transfers", GOOD)
        .isProblem(expected.status(), expected.code(), expected.detail());
    bank.post(BANKER, "/accounts/3/deposits", GOOD)
        .isProblem(expected.status(), expected.code(), expected.detail());
    bank.post(BANKER, "/accounts/3/withdrawals", GOOD)
        .isProblem(expected.status(), expected.code(), expected.detail());
  }

  @Test
  void has_an_answer_for_every_decline() {
    assertThat(declines().map(row -> row.decline().getClass()).collect(Collectors.toSet()))
        .isEqualTo(Set.of(Decline.class.getPermittedSubclasses()));
  }

  static Stream<Declined> declines() {
    AccountId account = new AccountId(3);
    return Stream.of(
        new Declined(new Decline.BankersOnly(), 403, "forbidden", "only a banker may order this"),
        new Declined(
            new Decline.AmountNotPositive(Money.of(0, "EUR")),
            422,
            "amount_not_positive",
            "0 EUR minor units is not a positive amount"),
        new Declined(
            new Decline.SameAccount(account), 422, "same_account", "account 3 cannot pay itself"),
        new Declined(
            new Decline.AccountNotFound(account),
            404,
            "account_not_found",
            "there is no account 3"),
        new Declined(
            new Decline.AccountNotOpen(account, AccountStatus.FROZEN),
            422,
            "account_not_open",
            "account 3 is frozen"),
        new Declined(
            new Decline.CurrencyMismatch(account, EUR, USD),
            422,
            "currency_mismatch",
            "account 3 is in EUR, the order is in USD"),
        new Declined(
            new Decline.CurrencyNotOffered(USD),
            422,
            "currency_not_offered",
            "no accounts are kept in USD"),
        new Declined(
            new Decline.LimitExceeded(account, Limit.PER_TRANSFER, Money.of(40, "EUR")),
            422,
            "limit_exceeded",
            "one transfer from account 3 moves at most 40 EUR minor units"),
        new Declined(
            new Decline.LimitExceeded(account, Limit.PER_DAY, Money.of(0, "EUR")),
            422,
            "limit_exceeded",
            "of the daily limit of account 3, 0 EUR minor units are left"),
        new Declined(
            new Decline.LimitExceeded(account, Limit.PER_MONTH, Money.of(7, "EUR")),
            422,
            "limit_exceeded",
            "of the monthly limit of account 3, 7 EUR minor units are left"),
        new Declined(
            new Decline.InsufficientFunds(account),
            422,
            "insufficient_funds",
            "the available balance of account 3 does not cover the amount"),
        new Declined(
            new Decline.BalanceOverflow(account),
            422,
            "balance_overflow",
            "the balance of account 3 would not fit into 64 bits"),
        new Declined(
            new Decline.TransferNotFound(new TransferId(7)),
            404,
            "transfer_not_found",
            "there is no transfer 7"),
        new Declined(
            new Decline.RecipientOnly(new TransferId(7)),
            403,
            "forbidden",
            "only who received transfer 7 or a banker may reverse it"),
        new Declined(
            new Decline.NotReversible(new TransferId(7)),
            422,
            "transfer_not_reversible",
            "transfer 7 is a reversal itself"),
        new Declined(
            new Decline.ReversalExceedsOriginal(new TransferId(7), Money.of(5, "EUR")),
            422,
            "reversal_exceeds_original",
            "of transfer 7, 5 EUR minor units are left to be reversed"),
        new Declined(
            new Decline.NothingMoved(new TransferId(7)),
            422,
            "transfer_not_reversible",
            "transfer 7 was made pending and has moved no money itself"),
        new Declined(
            new Decline.PayerOnly(new TransferId(7)),
            403,
            "forbidden",
            "only who is to pay transfer 7 or a banker may post or void it"),
        new Declined(
            new Decline.TransferNotPending(new TransferId(7)),
            409,
            "transfer_not_pending",
            "transfer 7 was posted when it was made"),
        new Declined(
            new Decline.TransferAlreadyPosted(new TransferId(7)),
            409,
            "transfer_already_posted",
            "transfer 7 has been posted already"),
        new Declined(
            new Decline.TransferAlreadyVoided(new TransferId(7)),
            409,
            "transfer_already_voided",
            "transfer 7 has been voided already"),
        new Declined(
            new Decline.TransferExpired(new TransferId(7)),
            409,
            "transfer_expired",
            "transfer 7 has expired"),
        new Declined(
            new Decline.ExceedsPendingAmount(new TransferId(7), Money.of(60, "EUR")),
            422,
            "exceeds_pending_amount",
            "for transfer 7, 60 EUR minor units were set aside"),
        new Declined(
            new Decline.BatchDeclined(2),
            422,
            "batch_declined",
            "not posted, because transfers[2] was declined"));
  }

  @Test
  void shows_a_transfer() {
    when(bank.viewTransfer.view(ALICE, new TransferId(7)))
        .thenReturn(Optional.of(TO_A_STRANGER.transfer()));

    bank.get(ALICE, "/transfers/7")
        .is(
            200,
            """
            {"id": 7, "from_account_id": 3, "to_account_id": 4, "amount": 100, "currency": "EUR",
             "reference": "rent", "created_at": "2026-03-14T15:09:26.535897Z",
             "status": "posted"}
            """);
  }

  @Test
  void knows_no_transfer_that_is_missing_or_of_other_people() {
    when(bank.viewTransfer.view(any(), any())).thenReturn(Optional.empty());

    bank.get(ALICE, "/transfers/8").isProblem(404, "transfer_not_found", "there is no transfer 8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "x", "1.5", "9223372036854775808"})
  void shows_nothing_without_a_number(String id) {
    bank.get(ALICE, "/transfers/" + id).isInvalid("id");

    verifyNoInteractions(bank.viewTransfer);
  }

  @Test
  void takes_deposits_and_withdrawals_from_bankers() {
    PostedTransfer deposit =
        Samples.posting(
            Samples.account(1, Owner.bank(), -600),
            Samples.account(3, Samples.ALICE, 600),
            100,
            null);
    doAnswer(Samples.replying(new TransferOutcome.Posted(deposit)))
        .when(bank.depositMoney)
        .deposit(any(), any());
    doAnswer(Samples.replying(new TransferOutcome.Posted(deposit)))
        .when(bank.withdrawMoney)
        .withdraw(any(), any());
    String posted =
        """
        {"transfer": {"id": 7, "from_account_id": 1, "to_account_id": 3, "amount": 100,
           "currency": "EUR", "reference": null, "created_at": "2026-03-14T15:09:26.535897Z",
           "status": "posted"},
         "from_account": {"id": 1, "owner": "@bank", "balance": -600, "available_balance": -600,
           "currency": "EUR", "status": "open", "created_at": "2026-01-02T03:04:05.000006Z"},
         "to_account": {"id": 3, "owner": "alice", "balance": 600, "available_balance": 600,
           "currency": "EUR", "status": "open", "created_at": "2026-01-02T03:04:05.000006Z"},
         "from_entry": {"id": 13, "account_id": 1, "transfer_id": 7, "amount": -100,
           "balance_after": -600, "created_at": "2026-03-14T15:09:26.535897Z"},
         "to_entry": {"id": 14, "account_id": 3, "transfer_id": 7, "amount": 100,
           "balance_after": 600, "created_at": "2026-03-14T15:09:26.535897Z"}}
        """;

    bank.post(BANKER, "/accounts/3/deposits", GOOD).is(201, posted);
    bank.post(BANKER, "/accounts/3/withdrawals", with("reference", "null")).is(201, posted);

    AccountId account = new AccountId(3);
    Money amount = Money.of(100, "EUR");
    verify(bank.depositMoney)
        .deposit(
            eq(new DepositMoney.Command(BANKER, account, amount, new Reference("rent"))), any());
    verify(bank.withdrawMoney)
        .withdraw(eq(new WithdrawMoney.Command(BANKER, account, amount, null)), any());
  }

  @ParameterizedTest
  @ValueSource(strings = {"deposits", "withdrawals"})
  void serves_bankers_only_at_the_counter(String counter) {
    bank.post(ALICE, "/accounts/3/" + counter, GOOD).isProblem(403, "forbidden");
    bank.post("/accounts/3/" + counter, GOOD).isProblem(401, "unauthenticated");

    verifyNoInteractions(bank.depositMoney, bank.withdrawMoney);
  }

  @ParameterizedTest
  @ValueSource(strings = {"deposits", "withdrawals"})
  void names_every_wrong_field_of_an_order_at_the_counter(String counter) {
    String path = "/accounts/3/" + counter;
    bank.post(BANKER, path, "{}").isInvalid("amount", "currency");
    bank.post(BANKER, path, "{\"amount\": 1.5, \"currency\": \"JPY\", \"reference\": \"\"}")
        .isInvalid("amount", "currency", "reference");
    bank.post(BANKER, "/accounts/0/" + counter, GOOD).blames("id", "must be at least 1");
    bank.post(BANKER, "/accounts/x/" + counter, GOOD).isInvalid("id");

    verifyNoInteractions(bank.depositMoney, bank.withdrawMoney);
  }

  private static TransferMoney.Command order(
      Caller caller, long amount, @Nullable Reference reference) {
    return new TransferMoney.Command(
        caller, new AccountId(3), new AccountId(4), Money.of(amount, "EUR"), reference);
  }

  @Test
  void tells_who_is_refused_that_nothing_was_done() {
    doReturn(CompletableFuture.failedStage(new RejectedExecutionException("9 wait already")))
        .when(bank.transferMoney)
        .transfer(any(), any());

    Answer answer = bank.post(ALICE, "/transfers", GOOD);

    answer.isProblem(503, "unavailable", "the bank is busy; nothing was done, try again");
    assertThat(answer.header("Retry-After")).contains("1");
  }

  @Test
  void tells_nothing_of_what_has_gone_wrong_in_the_bank() {
    doReturn(CompletableFuture.failedStage(new IllegalStateException("SELECT secret")))
        .when(bank.transferMoney)
        .transfer(any(), any());

    Answer answer = bank.post(ALICE, "/transfers", GOOD);

    answer.isProblem(500, "internal_error");
    assertThat(answer.body()).doesNotContain("secret").contains("\"instance\":\"/transfers\"");
  }

  private static String fullSide(String owner) {
    return """
    "to_account": {"id": 4, "owner": "%s", "balance": 900, "available_balance": 900,
       "currency": "EUR", "status": "open", "created_at": "2026-01-02T03:04:05.000006Z"},
    "to_entry": {"id": 14, "account_id": 4, "transfer_id": 7, "amount": 100,
       "balance_after": 900, "created_at": "2026-03-14T15:09:26.535897Z"}}
    """
        .formatted(owner);
  }

  private void answers(PostedTransfer posting) {
    doAnswer(Samples.replyingLater(new TransferOutcome.Posted(posting)))
        .when(bank.transferMoney)
        .transfer(any(), any());
  }

  private static String with(String field, String json) {
    return GOOD.replaceAll(
        "(\"" + field + "\": )(\"[^\"]*\"|\\d+)", "$1" + json.replace("\\", "\\\\"));
  }
}
