package io.simplebank.adapter.web.transfer;

import static io.simplebank.adapter.web.WebBank.ALICE;
import static io.simplebank.adapter.web.WebBank.BANKER;
import static io.simplebank.adapter.web.WebBank.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.simplebank.adapter.web.Samples;
import io.simplebank.adapter.web.WebBank;
import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.idempotency.IdempotencyKey;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.port.in.PostPending;
import io.simplebank.domain.port.in.TransferInBatch;
import io.simplebank.domain.port.in.TransferMoney;
import io.simplebank.domain.port.in.VoidPending;
import io.simplebank.domain.transfer.Decline;
import io.simplebank.domain.transfer.Hold;
import io.simplebank.domain.transfer.PostedTransfer;
import io.simplebank.domain.transfer.Transfer;
import io.simplebank.domain.transfer.TransferId;
import io.simplebank.domain.transfer.TransferOutcome;
import io.simplebank.domain.transfer.TransferStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PendingTransfersTest {
  private static final String POST = "/transfers/7/post";
  private static final String VOID = "/transfers/7/void";

  private static final Account FROM =
      Samples.account(3, Samples.ALICE, 400).withSetAside(Money.of(100, "EUR"), WebBank.NOW);
  private static final Account TO = Samples.account(4, Samples.BOB, 900);
  private static final Transfer PENDING = Samples.pending(FROM, TO, 100);

  private static final String PENDING_JSON =
      """
      {"transfer": {"id": 7, "from_account_id": 3, "to_account_id": 4, "amount": 100,
         "currency": "EUR", "reference": null, "created_at": "2026-03-14T15:09:26.535897Z",
         "status": "pending", "expires_at": "2026-03-14T15:10:26.535897Z"},
       "from_account": {"id": 3, "owner": "alice", "balance": 400, "available_balance": 300,
         "currency": "EUR", "status": "open", "created_at": "2026-01-02T03:04:05.000006Z"},
       "to_account": {"id": 4, "owner": "bob", "currency": "EUR"}}
      """;

  private final WebBank bank = WebBank.fresh();

  @BeforeEach
  void sets_aside_settles_and_releases() {
    doAnswer(Samples.replyingLater(new TransferOutcome.Pending(new Hold(PENDING, FROM, TO))))
        .when(bank.transferMoney)
        .transfer(any(), any());
    PostedTransfer plain = Samples.posting(TO, Samples.account(5, Samples.BOB, 0), 100, null);
    Transfer settling =
        new Transfer(
            new TransferId(8),
            plain.transfer().from(),
            plain.transfer().to(),
            plain.transfer().amount(),
            null,
            WebBank.NOW,
            null,
            new TransferId(7),
            null,
            TransferStatus.POSTED);
    when(bank.viewTransfer.view(BOB, new TransferId(8))).thenReturn(Optional.of(settling));
    doAnswer(Samples.replying(new TransferOutcome.Posted(plain)))
        .when(bank.postPending)
        .post(any(), any());
    doAnswer(
            Samples.replying(
                new TransferOutcome.Voided(
                    new Hold(PENDING.becoming(TransferStatus.VOIDED), FROM, TO))))
        .when(bank.voidPending)
        .release(any(), any());
  }

  @Test
  void shows_what_was_set_aside_and_no_entries() {
    bank.post(ALICE, "/transfers", order("\"pending\": true, \"expires_in\": 60"))
        .is(201, PENDING_JSON);

    ordered(Duration.ofSeconds(60));
  }

  @Test
  void sets_money_aside_for_a_week_when_nothing_else_is_said() {
    bank.post(ALICE, "/transfers", order("\"pending\": true"));

    ordered(Duration.ofDays(7));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 31_536_000})
  void sets_money_aside_for_a_second_or_a_year(long seconds) {
    bank.post(ALICE, "/transfers", order("\"pending\": true, \"expires_in\": " + seconds));

    ordered(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"pending\": false", "\"pending\": null", "\"expires_in\": null"})
  void sets_nothing_aside_unless_asked_to(String wish) {
    bank.post(ALICE, "/transfers", order(wish));

    ordered(null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "pending": true, "expires_in": 0 | must be at least 1
          "pending": true, "expires_in": -1 | must be at least 1
          "pending": true, "expires_in": 31536001 | must be at most 31536000
          "pending": true, "expires_in": 1.5 | must be a whole number of at most 64 bits
          "pending": true, "expires_in": "60" | must be a whole number of at most 64 bits
          "expires_in": 60 | is only for what is pending: true
          "pending": null, "expires_in": 60 | is only for what is pending: true
          "pending": false, "expires_in": 60 | is only for what is pending: true
          """)
  void takes_whole_seconds_for_what_is_pending_only(String wish, String message) {
    bank.post(ALICE, "/transfers", order(wish)).blames("expires_in", message);

    verifyNoInteractions(bank.transferMoney);
  }

  @Test
  void is_pending_or_is_not() {
    bank.post(ALICE, "/transfers", order("\"pending\": 0"))
        .blames("pending", "must be true or false");

    verifyNoInteractions(bank.transferMoney);
  }

  @Test
  void may_be_one_of_a_batch() {
    doAnswer(
            Samples.replying(
                List.<TransferOutcome>of(new TransferOutcome.Pending(new Hold(PENDING, FROM, TO)))))
        .when(bank.transferInBatch)
        .transfer(any(), any());

    bank.post(
            ALICE,
            "/transfers/batch",
            "{\"transfers\": [" + order("\"pending\": true, \"expires_in\": 60") + "]}")
        .is(200, "{\"results\": [" + PENDING_JSON + "]}");

    verify(bank.transferInBatch)
        .transfer(
            eq(
                new TransferInBatch.Command(
                    ALICE,
                    false,
                    List.of(
                        new TransferInBatch.Item(
                            new AccountId(3),
                            new AccountId(4),
                            Money.of(100, "EUR"),
                            null,
                            Duration.ofSeconds(60))))),
            any());
  }

  @ParameterizedTest
  @EnumSource(
      value = TransferStatus.class,
      names = {"POSTED", "VOIDED", "EXPIRED"})
  void shows_what_has_become_of_it(TransferStatus status) {
    when(bank.viewTransfer.view(BOB, new TransferId(7)))
        .thenReturn(Optional.of(PENDING.becoming(status)));

    bank.get(BOB, "/transfers/7")
        .is(
            200,
            """
            {"id": 7, "from_account_id": 3, "to_account_id": 4, "amount": 100, "currency": "EUR",
             "reference": null, "created_at": "2026-03-14T15:09:26.535897Z", "status": "%s",
             "expires_at": "2026-03-14T15:10:26.535897Z"}
            """
                .formatted(status.code()));
  }

  @Test
  void is_named_by_the_transfer_that_settles_it() {
    bank.get(BOB, "/transfers/8")
        .is(
            200,
            """
            {"id": 8, "from_account_id": 4, "to_account_id": 5, "amount": 100, "currency": "EUR",
             "reference": null, "created_at": "2026-03-14T15:09:26.535897Z", "status": "posted",
             "pending_transfer_id": 7}
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"amount\": null}", ""})
  void settles_all_when_nothing_is_said(String body) {
    bank.call("POST", POST).as(ALICE).body(body).send();

    settled(null);
  }

  @Test
  void needs_no_body() {
    bank.call("POST", POST).as(ALICE).send();
    bank.call("POST", VOID).as(ALICE).send();

    settled(null);
    verify(bank.voidPending).release(eq(new VoidPending.Command(ALICE, new TransferId(7))), any());
  }

  @Test
  void settles_a_part() {
    assertThat(bank.post(ALICE, POST, "{\"amount\": 100}").status()).isEqualTo(201);

    settled(100L);
  }

  @Test
  void says_what_was_released() {
    bank.post(ALICE, VOID, "{}").is(200, PENDING_JSON.replace("\"pending\"", "\"voided\""));
    bank.call("POST", VOID).as(BANKER).header("Idempotency-Key", "k").send();
    verify(bank.voidPending)
        .release(
            eq(new VoidPending.Command(BANKER, new TransferId(7))),
            argThat(once -> new IdempotencyKey("k").equals(once.key())));
  }

  @Test
  void names_every_wrong_field() {
    bank.post(ALICE, POST, "{\"amount\": 0}").blames("amount", "must be at least 1");
    bank.post(ALICE, POST, "{\"amount\": 1.5}").isInvalid("amount");
    bank.post(ALICE, POST, "[]").isProblem(400, "malformed_json");
    for (String path : List.of("/transfers/0/post", "/transfers/0/void")) {
      bank.post(ALICE, path, "{}").blames("id", "must be at least 1");
    }
    for (String path : List.of(POST, VOID)) {
      bank.call("POST", path)
          .as(ALICE)
          .header("Idempotency-Key", "a b")
          .body("{}")
          .send()
          .isInvalid("idempotency_key");
    }

    verifyNoInteractions(bank.postPending, bank.voidPending);
  }

  @Test
  void says_why_it_was_declined() {
    TransferOutcome expired =
        new TransferOutcome.Declined(new Decline.TransferExpired(new TransferId(7)));
    doAnswer(Samples.replying(expired)).when(bank.postPending).post(any(), any());
    doAnswer(Samples.replying(expired)).when(bank.voidPending).release(any(), any());

    for (String path : List.of(POST, VOID)) {
      bank.post(ALICE, path, "{}").isProblem(409, "transfer_expired", "transfer 7 has expired");
    }
  }

  private static String order(String wish) {
    return "{\"from_account_id\": 3, \"to_account_id\": 4, \"amount\": 100, \"currency\": \"EUR\", "
        + wish
        + "}";
  }

  private void ordered(@Nullable Duration pendingFor) {
    verify(bank.transferMoney)
        .transfer(
            eq(
                new TransferMoney.Command(
                    ALICE,
                    new AccountId(3),
                    new AccountId(4),
                    Money.of(100, "EUR"),
                    null,
                    pendingFor)),
            any());
  }

  private void settled(@Nullable Long amount) {
    verify(bank.postPending)
        .post(eq(new PostPending.Command(ALICE, new TransferId(7), amount)), any());
  }
}
