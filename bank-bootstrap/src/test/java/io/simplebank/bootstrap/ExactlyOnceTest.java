package io.simplebank.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.adapter.persistence.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two replicas on one database: a request is carried out once, whichever of them it reaches. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExactlyOnceTest {
  private final String database = TestDatabase.createDatabase();
  private Bank first;
  private Bank second;
  private Client banker;
  private Client alice;
  private long alices;
  private long bobs;

  @BeforeAll
  void start() {
    first = ServerBank.startOn(database);
    second = ServerBank.startOn(database);
    banker = Client.loggedIn(first.address(), ServerBank.BANKER, ServerBank.BANKERS_PASSWORD);
  }

  @AfterAll
  void stop() {
    second.close();
    first.close();
  }

  @BeforeEach
  void open_accounts() {
    alice = Client.registered(first.address(), "alice");
    alices = alice.openAccount("USD");
    bobs = Client.registered(first.address(), "bob").openAccount("USD");
    banker.deposit(alices, 100, "USD").expect(201);
  }

  @Test
  void replays_an_answer_on_another_replica_to_the_byte() {
    Client.Answer answer = pay(alice, "k", 60);
    Client.Answer again = pay(alice.at(second.address()), "k", 60);

    assertThat(answer.expect(201).replayed()).isFalse();
    assertThat(again.expect(201).replayed()).isTrue();
    assertThat(again.body()).isEqualTo(answer.body());
    assertThat(alice.balance(alices)).isEqualTo(40);
  }

  @Test
  void stays_with_a_decline_when_money_has_arrived_since() {
    Client.Answer answer = pay(alice, "k", 101).expect(422, "insufficient_funds");
    banker.deposit(alices, 1, "USD").expect(201);

    Client.Answer again = pay(alice.at(second.address()), "k", 101);

    assertThat(again.replayed()).isTrue();
    assertThat(again.status()).isEqualTo(422);
    assertThat(again.body()).isEqualTo(answer.body());
    assertThat(alice.balance(alices)).isEqualTo(101);
    assertThat(pay(alice, "another", 101).expect(201).replayed()).isFalse();
  }

  @Test
  void refuses_a_key_that_comes_with_another_body_and_not_one_written_another_way() {
    Client.Answer answer = pay(alice, "k", 60).expect(201);

    pay(alice, "k", 61).expect(422, "idempotency_key_reused");
    Client.Answer again =
        alice.post(
            "k",
            "/transfers",
            """
            {"currency":"USD", "amount":60,
             "unknown": 1, "to_account_id":%d, "from_account_id":%d, "reference": null}
            """
                .formatted(bobs, alices));

    assertThat(again.body()).isEqualTo(answer.body());
    assertThat(alice.balance(alices)).isEqualTo(40);
  }

  @Test
  void makes_the_second_of_two_at_once_wait_for_the_first() throws Exception {
    List<CompletableFuture<Client.Answer>> requests = new ArrayList<>();
    try (LockedAccount lock = new LockedAccount(database, alices)) {
      for (int i = 0; i < 3; i++) {
        for (Bank bank : List.of(first, second)) {
          Client client = alice.at(bank.address());
          requests.add(CompletableFuture.supplyAsync(() -> pay(client, "k", 60)));
        }
      }
      // One transaction of each bank; the other requests wait for their turn behind it.
      lock.awaitWaiting(2);
    }

    assertOneAnswer(requests);
    assertThat(alice.balance(alices)).isEqualTo(40);
  }

  @Test
  void gives_one_answer_to_many_at_once_also_where_no_account_makes_them_wait() throws Exception {
    // Nobody owns an account of that number: the key alone can bring these into an order.
    List<CompletableFuture<Client.Answer>> requests = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Client client = alice.at((i % 2 == 0 ? first : second).address());
      requests.add(
          CompletableFuture.supplyAsync(
              () ->
                  client.post("k", "/transfers", Client.transferOf(999_999_999, 999_999_998, 1))));
    }

    assertOneAnswer(requests);
  }

  @Test
  void says_what_became_of_a_request() {
    alice.get("/idempotency/k").expect(404, "idempotency_key_not_found");
    pay(alice, "k", 0).expect(400, "invalid_request");
    Client.nobody(first.address())
        .post("k", "/transfers", Client.transferOf(alices, bobs, 60))
        .expect(401, "unauthenticated");
    alice.get("/idempotency/k").expect(404, "idempotency_key_not_found");

    Client.Answer answer = pay(alice, "k", 60).expect(201);

    Client.Answer recalled = alice.at(second.address()).get("/idempotency/k").expect(200);
    assertThat(recalled.text("answers.0.request")).isEqualTo("POST /transfers");
    assertThat(recalled.number("answers.0.status")).isEqualTo(201);
    assertThat(recalled.find("answers.0.body")).contains(answer.json());
    assertThat(recalled.size("answers")).isEqualTo(1);
    banker.get("/idempotency/k").expect(404, "idempotency_key_not_found");
  }

  @Test
  void takes_a_deposit_once() {
    String body = "{\"amount\": 5, \"currency\": \"USD\"}";
    String key = "deposit-" + alices;
    Client.Answer answer = banker.post(key, "/accounts/" + alices + "/deposits", body).expect(201);

    Client.Answer again = banker.post(key, "/accounts/" + alices + "/deposits", body).expect(201);
    banker.post(key, "/accounts/" + bobs + "/deposits", body).expect(422, "idempotency_key_reused");
    Client.Answer withdrawal =
        banker.post(key, "/accounts/" + alices + "/withdrawals", body).expect(201);
    alice.post(key, "/accounts/" + alices + "/deposits", body).expect(403, "forbidden");

    assertThat(again.body()).isEqualTo(answer.body());
    assertThat(withdrawal.replayed()).isFalse();
    assertThat(alice.balance(alices)).isEqualTo(100);
  }

  private Client.Answer pay(Client client, String key, long amount) {
    return client.post(key, "/transfers", Client.transferOf(alices, bobs, amount));
  }

  /** All were told the same, and all but one that it is a repetition. */
  private static void assertOneAnswer(List<CompletableFuture<Client.Answer>> requests)
      throws Exception {
    List<Client.Answer> answers = new ArrayList<>();
    for (CompletableFuture<Client.Answer> request : requests) {
      answers.add(request.get(60, TimeUnit.SECONDS));
    }
    assertThat(texts(answers).distinct()).as("%s", answers).hasSize(1);
    assertThat(answers.stream().filter(answer -> !answer.replayed())).hasSize(1);
  }

  private static Stream<String> texts(List<Client.Answer> answers) {
    return answers.stream().map(answer -> answer.status() + " " + answer.body());
  }
}
