package io.simplebank.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.adapter.persistence.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What was sent comes back, in parts or as a whole, and never more of it. */
class ReversalTest {
  @Test
  void gives_back_what_was_sent_and_no_more_even_when_many_ask_at_once() throws Exception {
    String database = TestDatabase.createDatabase();
    try (Bank first = ServerBank.startOn(database);
        Bank second = ServerBank.startOn(database)) {
      Client banker =
          Client.loggedIn(first.address(), ServerBank.BANKER, ServerBank.BANKERS_PASSWORD);
      Client alice = Client.registered(first.address(), "alice");
      Client bob = Client.registered(first.address(), "bob");
      long alices = alice.openAccount("USD");
      long bobs = bob.openAccount("USD");
      long deposit = banker.deposit(alices, 1000, "USD").expect(201).number("transfer.id");
      long sent = alice.transfer(alices, bobs, 100).expect(201).number("transfer.id");
      alice.transfer(alices, bobs, 500).expect(201);
      String path = "/transfers/" + sent + "/reversal";

      Client.Answer part = bob.post(path, "{\"amount\": 10}").expect(201);
      long reversal = part.number("transfer.id");
      assertThat(part.number("transfer.reverses_transfer_id")).isEqualTo(sent);
      assertThat(part.number("from_account.balance")).isEqualTo(590);
      assertThat(alice.get("/transfers/" + reversal).expect(200).number("reverses_transfer_id"))
          .isEqualTo(sent);

      alice.post(path, "{}").expect(403, "forbidden");
      Client.registered(first.address(), "eve").post(path, "{}").expect(404, "transfer_not_found");
      bob.post("/transfers/" + reversal + "/reversal", "{}").expect(403, "forbidden");
      alice
          .post("/transfers/" + reversal + "/reversal", "{}")
          .expect(422, "transfer_not_reversible");
      alice.post("/transfers/" + deposit + "/reversal", "{}").expect(403, "forbidden");
      bob.post(path, "{\"amount\": 91}").expect(422, "reversal_exceeds_original");

      List<CompletableFuture<Client.Answer>> requests = new ArrayList<>();
      try (LockedAccount lock = new LockedAccount(database, alices)) {
        for (int i = 0; i < 4; i++) {
          Client client = (i % 2 == 0 ? bob : banker).at((i < 2 ? first : second).address());
          requests.add(CompletableFuture.supplyAsync(() -> client.post(path, "{\"amount\": 40}")));
        }
        // One transaction of each bank; the other requests wait for their turn behind it.
        lock.awaitWaiting(2);
      }
      int posted = 0;
      for (CompletableFuture<Client.Answer> request : requests) {
        Client.Answer answer = request.get(60, TimeUnit.SECONDS);
        if (answer.status() == 201) {
          posted++;
        } else {
          answer.expect(422, "reversal_exceeds_original");
        }
      }
      assertThat(posted).isEqualTo(2);
      assertThat(alice.balance(alices)).isEqualTo(490);

      assertThat(bob.post(path, "").expect(201).number("transfer.amount")).isEqualTo(10);
      assertThat(alice.balance(alices)).isEqualTo(500);
      banker.post("/transfers/" + deposit + "/reversal", "{\"amount\": 500}").expect(201);
      assertThat(alice.balance(alices)).isZero();
      banker.post("/transfers/" + deposit + "/reversal", "{}").expect(422, "insufficient_funds");
    }
  }
}
