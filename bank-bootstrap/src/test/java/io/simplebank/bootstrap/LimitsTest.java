package io.simplebank.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.adapter.persistence.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Bankers bound how much may leave an account, and no crowd gets more out of it. */
class LimitsTest {
  @Test
  void binds_what_leaves_an_account_by_limits_that_its_owner_sees() {
    try (Bank bank = ServerBank.start()) {
      Client banker =
          Client.loggedIn(bank.address(), ServerBank.BANKER, ServerBank.BANKERS_PASSWORD);
      Client alice = Client.registered(bank.address(), "alice");
      Client bob = Client.registered(bank.address(), "bob");
      long alices = alice.openAccount("USD");
      long bobs = bob.openAccount("USD");
      banker.deposit(alices, 1000, "USD").expect(201);
      String limits = "/accounts/" + alices + "/limits";
      alice.transfer(alices, bobs, 100).expect(201);

      alice.put(limits, "{\"overdraft_limit\": 5}").expect(403, "forbidden");
      bob.put(limits, "{\"overdraft_limit\": 5}").expect(404, "account_not_found");
      bob.get(limits).expect(404, "account_not_found");
      banker
          .put(limits, "{\"overdraft_limit\": 500, \"max_transfer\": 200, \"daily_limit\": 450}")
          .expect(200);

      alice.transfer(alices, bobs, 201).expect(422, "limit_exceeded");
      alice.transfer(alices, bobs, 200).expect(201);
      banker.withdraw(alices, 151, "USD").expect(422, "limit_exceeded");
      banker.withdraw(alices, 120, "USD").expect(201);
      Client.Answer seen = alice.get(limits).expect(200);
      assertThat(seen.number("spent_today")).isEqualTo(420);
      assertThat(seen.number("daily_left")).isEqualTo(30);
      assertThat(seen.find("monthly_left")).isEmpty();
      assertThat(alice.get("/accounts/" + alices).expect(200).number("available_balance"))
          .isEqualTo(1080);
      Client.Answer declined = alice.transfer(alices, bobs, 31).expect(422, "limit_exceeded");
      assertThat(declined.text("detail"))
          .isEqualTo("of the daily limit of account " + alices + ", 30 USD minor units are left");

      banker.put(limits, "{\"overdraft_limit\": 500}").expect(200);
      alice.transfer(alices, bobs, 1080).expect(201);
      alice.transfer(alices, bobs, 1).expect(422, "insufficient_funds");
      assertThat(alice.balance(alices)).isEqualTo(-500);
      banker.put(limits, "{\"overdraft_limit\": 499}").expect(409, "overdraft_in_use");
    }
  }

  @Test
  void lets_no_more_leave_on_a_day_than_may_when_many_ask_two_servers_at_once() throws Exception {
    String database = TestDatabase.createDatabase();
    try (Bank first = ServerBank.startOn(database);
        Bank second = ServerBank.startOn(database)) {
      Client banker =
          Client.loggedIn(first.address(), ServerBank.BANKER, ServerBank.BANKERS_PASSWORD);
      Client alice = Client.registered(first.address(), "alice");
      Client bob = Client.registered(first.address(), "bob");
      long alices = alice.openAccount("USD");
      long bobs = bob.openAccount("USD");
      banker.deposit(alices, 1000, "USD").expect(201);
      banker
          .put("/accounts/" + alices + "/limits", "{\"overdraft_limit\": 0, \"daily_limit\": 100}")
          .expect(200);

      List<CompletableFuture<Client.Answer>> requests = new ArrayList<>();
      try (LockedAccount lock = new LockedAccount(database, alices)) {
        for (int i = 0; i < 8; i++) {
          Client client = alice.at((i % 2 == 0 ? first : second).address());
          requests.add(CompletableFuture.supplyAsync(() -> client.transfer(alices, bobs, 30)));
        }
        lock.awaitWaiting(2);
      }
      int posted = 0;
      for (CompletableFuture<Client.Answer> request : requests) {
        Client.Answer answer = request.get(60, TimeUnit.SECONDS);
        if (answer.status() == 201) {
          posted++;
        } else {
          answer.expect(422, "limit_exceeded");
        }
      }

      assertThat(posted).isEqualTo(3);
      assertThat(bob.balance(bobs)).isEqualTo(90);
    }
  }
}
