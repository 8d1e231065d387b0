package io.simplebank.adapter.web.idempotency;

import static io.simplebank.adapter.web.WebBank.ALICE;
import static io.simplebank.adapter.web.WebBank.BANKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.simplebank.adapter.web.Answer;
import io.simplebank.adapter.web.WebBank;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.idempotency.Fingerprint;
import io.simplebank.domain.idempotency.IdempotencyKey;
import io.simplebank.domain.idempotency.Once;
import io.simplebank.domain.idempotency.Operation;
import io.simplebank.domain.idempotency.RememberedAnswer;
import io.simplebank.domain.idempotency.Reply;
import io.simplebank.domain.idempotency.ScopedKey;
import io.simplebank.domain.transfer.Decline;
import io.simplebank.domain.transfer.TransferOutcome;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.invocation.InvocationOnMock;

final class IdempotencyTest {
  private static final String TRANSFER =
      "{\"from_account_id\": 3, \"to_account_id\": 4, \"amount\": 100, \"currency\": \"EUR\"}";
  private static final String CASH = "{\"amount\": 100, \"currency\": \"EUR\"}";
  private static final io.simplebank.domain.idempotency.Answer OLD =
      new io.simplebank.domain.idempotency.Answer(201, "{\"in words of\" : \"1999\",   \"n\":1.0}");

  private final WebBank bank = WebBank.fresh();
  private final List<String> keys = new ArrayList<>();
  private final List<io.simplebank.domain.idempotency.Answer> written = new ArrayList<>();

  @BeforeEach
  void answers_on_another_thread() {
    when(bank.transferMoney.transfer(any(), any()))
        .thenAnswer(call -> CompletableFuture.supplyAsync(() -> carriedOut(call)));
    when(bank.depositMoney.deposit(any(), any())).thenAnswer(this::carriedOut);
    when(bank.withdrawMoney.withdraw(any(), any())).thenAnswer(this::carriedOut);
  }

  private Reply carriedOut(InvocationOnMock call) {
    Once<TransferOutcome> once = call.getArgument(1);
    keys.add(once.key() == null ? "" : once.key().value());
    TransferOutcome outcome =
        new TransferOutcome.Declined(new Decline.InsufficientFunds(new AccountId(3)));
    written.add(CompletableFuture.supplyAsync(() -> once.rendering().apply(outcome)).join());
    return new Reply.First(written.getLast());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/transfers", "/accounts/3/deposits", "/accounts/3/withdrawals"})
  void passes_the_key_on_and_sends_what_was_written_to_the_byte(String path) {
    bank.letPortsImagineOutcomes();
    Answer answer = send(path, "k/1?~%");

    answer.isProblem(422, "insufficient_funds");
    assertThat(answer.header("Idempotent-Replayed")).isEmpty();
    assertThat(answer.body()).isEqualTo(written.getFirst().body());
    assertThat(written.getFirst().status()).isEqualTo(422);
    assertThat(keys).containsExactly("k/1?~%");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/transfers", "/accounts/3/deposits", "/accounts/3/withdrawals"})
  void needs_no_key(String path) {
    bank.letPortsImagineOutcomes();
    bank.post(BANKER, path, body(path)).isProblem(422, "insufficient_funds");

    assertThat(keys).containsExactly("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/transfers", "/accounts/3/deposits", "/accounts/3/withdrawals"})
  void sends_an_old_answer_to_the_byte_and_says_that_it_is_old(String path) {
    bank.letPortsImagineOutcomes();
    replies(new Reply.Replayed(OLD));

    Answer answer = send(path, "k");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.body()).isEqualTo(OLD.body());
    assertThat(answer.header("Content-Type")).contains("application/json");
    assertThat(answer.header("Idempotent-Replayed")).contains("true");
  }

  @Test
  void sends_an_old_decline_as_the_problem_that_it_was() {
    bank.letPortsImagineOutcomes();
    replies(
        new Reply.Replayed(new io.simplebank.domain.idempotency.Answer(422, "{\"code\": \"x\"}")));

    Answer answer = send("/transfers", "k");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.header("Content-Type")).contains("application/problem+json");
    assertThat(answer.body()).isEqualTo("{\"code\": \"x\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/transfers", "/accounts/3/deposits", "/accounts/3/withdrawals"})
  void refuses_a_key_of_another_request(String path) {
    replies(new Reply.KeyReused());

    send(path, "k")
        .isProblem(
            422,
            "idempotency_key_reused",
            "this key came with another request before; a new request needs a new key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "\u00e4", "a\tb"})
  void refuses_a_key_that_is_none(String key) {
    String body = TRANSFER;

    bank.raw(
            "/transfers",
            "POST /transfers HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
                + bank.token(ALICE)
                + "\r\nIdempotency-Key: "
                + key
                + "\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body)
        .blames("idempotency_key", "must have 1 to 255 visible ASCII characters");

    verifyNoInteractions(bank.transferMoney);
  }

  @Test
  void takes_keys_of_255_characters_and_no_longer() {
    send("/transfers", "x".repeat(255)).isProblem(422, "insufficient_funds");
    send("/transfers", "x".repeat(256)).isInvalid("idempotency_key");
  }

  @Test
  void names_a_bad_key_beside_other_bad_fields_of_the_path() {
    bank.call("POST", "/accounts/0/deposits")
        .as(BANKER)
        .header("Idempotency-Key", "a b")
        .body(CASH)
        .send()
        .isInvalid("id", "idempotency_key");
  }

  @Test
  void takes_one_key_and_not_several() {
    bank.call("POST", "/transfers")
        .as(ALICE)
        .header("Idempotency-Key", "a")
        .another("Idempotency-Key", "b")
        .body(TRANSFER)
        .send()
        .blames("idempotency_key", "must be sent once");

    verifyNoInteractions(bank.transferMoney);
  }

  @Test
  void lets_nobody_in_on_the_strength_of_a_key() {
    replies(new Reply.Replayed(OLD));

    bank.call("POST", "/transfers")
        .header("Idempotency-Key", "k")
        .body(TRANSFER)
        .send()
        .isProblem(401, "unauthenticated");
    bank.call("POST", "/accounts/3/deposits")
        .as(ALICE)
        .header("Idempotency-Key", "k")
        .body(CASH)
        .send()
        .isProblem(403, "forbidden");

    verifyNoInteractions(bank.transferMoney, bank.depositMoney);
  }

  @ParameterizedTest
  @ValueSource(strings = {"k", "!", "a/b", "a%2Fb?c#d", "..", "~+", "{key}"})
  void tells_a_client_that_lost_its_answer_what_it_was(String key) {
    when(bank.recallAnswers.recall(ALICE, new IdempotencyKey(key)))
        .thenReturn(
            List.of(remembered(Operation.DEPOSIT, key), remembered(Operation.TRANSFER, key)));

    bank.get(ALICE, "/idempotency/" + URLEncoder.encode(key, StandardCharsets.UTF_8))
        .is(
            200,
            """
            {"idempotency_key": "%s", "answers": [
              {"request": "POST /accounts/{id}/deposits", "status": 201,
               "body": {"in words of": "1999", "n": 1.0},
               "created_at": "2026-03-14T15:09:26.535897Z"},
              {"request": "POST /transfers", "status": 201,
               "body": {"in words of": "1999", "n": 1.0},
               "created_at": "2026-03-14T15:09:26.535897Z"}]}
            """
                .formatted(key));
  }

  @ParameterizedTest
  @EnumSource
  void names_the_route_of_every_operation(Operation operation) {
    when(bank.recallAnswers.recall(any(), any())).thenReturn(List.of(remembered(operation, "k")));

    assertThat(bank.get(ALICE, "/idempotency/k").body()).contains("\"request\":\"POST /");
  }

  @Test
  void says_when_nothing_is_remembered() {
    when(bank.recallAnswers.recall(any(), any())).thenReturn(List.of());

    bank.get(ALICE, "/idempotency/k")
        .isProblem(
            404,
            "idempotency_key_not_found",
            "nothing is remembered under this key: the request may be sent again with it");
    verify(bank.recallAnswers).recall(ALICE, new IdempotencyKey("k"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%20", "a%20b", "%C3%A4"})
  void recalls_nothing_under_what_is_no_key(String key) {
    bank.get(ALICE, "/idempotency/" + key).isInvalid("key");

    verifyNoInteractions(bank.recallAnswers);
  }

  private void replies(Reply reply) {
    doReturn(CompletableFuture.completedStage(reply))
        .when(bank.transferMoney)
        .transfer(any(), any());
    doReturn(reply).when(bank.depositMoney).deposit(any(), any());
    doReturn(reply).when(bank.withdrawMoney).withdraw(any(), any());
  }

  private Answer send(String path, String key) {
    return bank.call("POST", path)
        .as(BANKER)
        .header("Idempotency-Key", key)
        .body(body(path))
        .send();
  }

  private static String body(String path) {
    return path.equals("/transfers") ? TRANSFER : CASH;
  }

  private static RememberedAnswer remembered(Operation operation, String key) {
    return new RememberedAnswer(
        new ScopedKey(ALICE.username(), operation, new IdempotencyKey(key)),
        Fingerprint.of(),
        OLD,
        WebBank.NOW);
  }
}
