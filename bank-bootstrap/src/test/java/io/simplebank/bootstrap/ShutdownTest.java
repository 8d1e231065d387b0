package io.simplebank.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.adapter.persistence.TestDatabase;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A bank that is told to stop finishes what it has begun. */
class ShutdownTest {
  @Test
  void answers_the_requests_in_flight_before_it_stops() throws Exception {
    String database = TestDatabase.createDatabase();
    Bank bank = ServerBank.startOn(database);
    Client alice = Client.registered(bank.address(), "alice");
    Client bob = Client.registered(bank.address(), "bob");
    long alices = alice.openAccount("USD");
    long bobs = bob.openAccount("USD");
    Client.loggedIn(bank.address(), ServerBank.BANKER, ServerBank.BANKERS_PASSWORD)
        .deposit(alices, 100, "USD")
        .expect(201);

    CompletableFuture<Client.Answer> transfer;
    CompletableFuture<Void> stopped;
    try (LockedAccount lock = new LockedAccount(database, alices)) {
      transfer = CompletableFuture.supplyAsync(() -> alice.transfer(alices, bobs, 60));
      lock.awaitWaiting(1);
      stopped = CompletableFuture.runAsync(bank::close);
      awaitClosedToNewRequests(bank);
      assertThat(transfer).isNotDone();
    }

    assertThat(transfer.get(30, TimeUnit.SECONDS).status()).isEqualTo(201);
    stopped.get(30, TimeUnit.SECONDS);
    try (Bank again = ServerBank.startOn(database)) {
      assertThat(alice.at(again.address()).balance(alices)).isEqualTo(40);
      assertThat(bob.at(again.address()).balance(bobs)).isEqualTo(60);
    }
  }

  private static void awaitClosedToNewRequests(Bank bank) {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
    while (Instant.now().isBefore(deadline)) {
      try {
        new Socket("localhost", bank.address().getPort()).close();
      } catch (IOException refused) {
        return;
      }
    }
    throw new AssertionError("the bank still takes new connections");
  }
}
