package io.simplebank.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.adapter.persistence.TestDatabase;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A bank with more to do than it can says so, and does nothing by halves. */
class OverloadTest {
  private final String database = TestDatabase.createDatabase();
  private Bank bank;
  private Client alice;
  private Client bob;
  private long alices;
  private long bobs;

  @BeforeEach
  void start() {
    bank =
        ServerBank.startOn(
            database,
            "--bank.database.pool-size=2",
            // Short, but enough for a first deposit on a machine that is busy.
            "--datasources.default.connection-timeout=1500");
    alice = Client.registered(bank.address(), "alice");
    bob = Client.registered(bank.address(), "bob");
    alices = alice.openAccount("USD");
    bobs = bob.openAccount("USD");
    Client.loggedIn(bank.address(), ServerBank.BANKER, ServerBank.BANKERS_PASSWORD)
        .deposit(alices, 100, "USD")
        .expect(201);
  }

  @AfterEach
  void stop() {
    bank.close();
  }

  @Test
  void asks_to_come_back_when_a_transfer_would_wait_too_long_and_never_posts_it() throws Exception {
    CompletableFuture<Client.Answer> first;
    try (LockedAccount lock = new LockedAccount(database, alices)) {
      first = CompletableFuture.supplyAsync(() -> alice.transfer(alices, bobs, 60));
      lock.awaitWaiting(1);

      Client.Answer late = alice.transfer(alices, bobs, 30).expect(503, "unavailable");
      assertThat(late.headers().firstValue("Retry-After")).hasValue("1");
      assertThat(bob.balance(bobs)).as("reads do not wait behind writes").isZero();
    }

    first.get(30, TimeUnit.SECONDS).expect(201);
    alice.transfer(alices, bobs, 5).expect(201);
    assertThat(alice.balance(alices)).isEqualTo(35);
    assertThat(bob.balance(bobs)).isEqualTo(65);
  }

  @Test
  void asks_to_come_back_when_no_connection_is_free() throws Exception {
    CompletableFuture<Client.Answer> euros;
    CompletableFuture<Client.Answer> dollars;
    try (LockedAccount lock = LockedAccount.ownerOf(database, alices)) {
      euros = CompletableFuture.supplyAsync(() -> openAccount("EUR"));
      dollars = CompletableFuture.supplyAsync(() -> openAccount("CAD"));
      lock.awaitWaiting(2);

      alice.transfer(alices, bobs, 60).expect(503, "unavailable");
      bob.get("/accounts/" + bobs).expect(503, "unavailable");
    }

    euros.get(30, TimeUnit.SECONDS).expect(201);
    dollars.get(30, TimeUnit.SECONDS).expect(201);
    assertThat(alice.balance(alices)).isEqualTo(100);
    assertThat(bob.balance(bobs)).isZero();
  }

  private Client.Answer openAccount(String currency) {
    return alice.post("/accounts", "{\"currency\": \"%s\"}".formatted(currency));
  }
}
