package io.simplebank.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.adapter.persistence.TestDatabase;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Many transfers in one request. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BatchTest {
  private Bank bank;
  private Client banker;
  private Client alice;
  private Client bob;
  private long alices;
  private long bobs;

  @BeforeAll
  void start() {
    bank = ServerBank.startOn(TestDatabase.createDatabase());
    banker = Client.loggedIn(bank.address(), ServerBank.BANKER, ServerBank.BANKERS_PASSWORD);
  }

  @AfterAll
  void stop() {
    bank.close();
  }

  @BeforeEach
  void open_accounts() {
    alice = Client.registered(bank.address(), "alice");
    bob = Client.registered(bank.address(), "bob");
    alices = alice.openAccount("USD");
    bobs = bob.openAccount("USD");
    banker.deposit(alices, 1000, "USD").expect(201);
  }

  @Test
  void posts_a_thousand_transfers_and_replays_them_to_the_byte() {
    String body = batch(false, Collections.nCopies(1000, Client.transferOf(alices, bobs, 1)));

    Client.Answer answer = alice.post("k", "/transfers/batch", body).expect(200);
    Client.Answer again = alice.post("k", "/transfers/batch", body).expect(200);

    assertThat(answer.size("results")).isEqualTo(1000);
    assertThat(answer.number("results.999.from_account.balance")).isZero();
    assertThat(answer.find("results.999.to_account.balance")).isEmpty();
    assertThat(again.replayed()).isTrue();
    assertThat(again.body()).isEqualTo(answer.body());
    assertThat(bob.balance(bobs)).isEqualTo(1000);
    assertThat(bob.get("/accounts/" + bobs + "/entries?limit=1000").size("entries"))
        .isEqualTo(1000);
  }

  @Test
  void lets_each_transfer_stand_alone_and_see_those_before_it() {
    Client.Answer answer =
        alice
            .post(
                "/transfers/batch",
                batch(
                    false,
                    List.of(
                        Client.transferOf(alices, bobs, 900),
                        Client.transferOf(alices, bobs, 101),
                        Client.transferOf(bobs, alices, 1),
                        Client.transferOf(alices, bobs, 100))))
            .expect(200);

    assertThat(answer.number("results.0.from_account.balance")).isEqualTo(100);
    assertThat(answer.text("results.1.code")).isEqualTo("insufficient_funds");
    assertThat(answer.text("results.1.instance")).isEqualTo("/transfers/batch");
    assertThat(answer.text("results.2.code")).isEqualTo("account_not_found");
    assertThat(answer.number("results.3.from_account.balance")).isZero();
    assertThat(bob.balance(bobs)).isEqualTo(1000);
  }

  @Test
  void posts_all_or_nothing() {
    Client.Answer declined =
        alice
            .post(
                "k",
                "/transfers/batch",
                batch(
                    true,
                    List.of(
                        Client.transferOf(alices, bobs, 900),
                        Client.transferOf(alices, bobs, 101))))
            .expect(200);
    assertThat(declined.text("results.0.code")).isEqualTo("batch_declined");
    assertThat(declined.text("results.1.code")).isEqualTo("insufficient_funds");
    assertThat(alice.balance(alices)).isEqualTo(1000);
    assertThat(bob.get("/accounts/" + bobs + "/entries").size("entries")).isZero();
    assertThat(alice.get("/idempotency/k").expect(200).text("answers.0.request"))
        .isEqualTo("POST /transfers/batch");

    alice
        .post(
            "/transfers/batch",
            batch(
                true,
                List.of(
                    Client.transferOf(alices, bobs, 900), Client.transferOf(alices, bobs, 100))))
        .expect(200);
    assertThat(bob.balance(bobs)).isEqualTo(1000);
  }

  private static String batch(boolean atomic, List<String> transfers) {
    return "{\"atomic\": %s, \"transfers\": [%s]}".formatted(atomic, String.join(", ", transfers));
  }
}
