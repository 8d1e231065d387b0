package io.simplebank.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.adapter.persistence.TestDatabase;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A bank with more to do than it can says so, and does nothing by halves. */
class OverloadTest {
  @Test
  void asks_to_come_back_when_no_connection_is_free() throws Exception {
    String database = TestDatabase.createDatabase();
    try (Bank bank =
        ServerBank.startOn(
            database,
            "--bank.database.pool-size=2",
            "--datasources.default.connection-timeout=250")) {
      Client alice = Client.registered(bank.address(), "alice");
      Client bob = Client.registered(bank.address(), "bob");
      long alices = alice.openAccount("USD");
      long bobs = bob.openAccount("USD");
      Client.loggedIn(bank.address(), ServerBank.BANKER, ServerBank.BANKERS_PASSWORD)
          .deposit(alices, 100, "USD")
          .expect(201);

      CompletableFuture<Client.Answer> first;
      CompletableFuture<Client.Answer> second;
      try (LockedAccount lock = new LockedAccount(database, alices)) {
        first = CompletableFuture.supplyAsync(() -> alice.transfer(alices, bobs, 60));
        second = CompletableFuture.supplyAsync(() -> alice.transfer(alices, bobs, 30));
        lock.awaitWaiting(2);

        alice.transfer(alices, bobs, 60).expect(503, "unavailable");
        bob.get("/accounts/" + bobs).expect(503, "unavailable");
      }

      first.get(30, TimeUnit.SECONDS).expect(201);
      second.get(30, TimeUnit.SECONDS).expect(201);
      assertThat(alice.balance(alices)).isEqualTo(10);
      assertThat(bob.balance(bobs)).isEqualTo(90);
    }
  }
}
