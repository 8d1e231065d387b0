package io.simplebank.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.adapter.persistence.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Many people who log in at once wait for each other, and nobody else waits for them. */
class LoginStormTest {
  private static final int LOGINS = 50;

  @Test
  void does_not_keep_probes_and_transfers_waiting() throws Exception {
    try (Bank bank =
            ServerBank.startOn(
                TestDatabase.createDatabase(),
                "--bank.password-hash.cost=12",
                "--bank.password-hash.threads=1");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Client alice = Client.registered(bank.address(), "alice");
      Client bob = Client.registered(bank.address(), "bob");
      long alices = alice.openAccount("USD");
      long bobs = bob.openAccount("USD");
      Client.loggedIn(bank.address(), ServerBank.BANKER, ServerBank.BANKERS_PASSWORD)
          .deposit(alices, 100, "USD")
          .expect(201);

      CountDownLatch busy = new CountDownLatch(1);
      List<CompletableFuture<Client.Answer>> logins = new ArrayList<>();
      // Of many people: one alone would soon be told to wait. It is nobody's name or password,
      // which
      // takes as long as somebody's.
      for (int i = 0; i < LOGINS; i++) {
        String username = "stranger-" + i;
        logins.add(
            CompletableFuture.supplyAsync(
                () -> {
                  Client.Answer answer = Client.logIn(bank.address(), username, "wrong horse");
                  if (answer.status() == 503) {
                    busy.countDown();
                  }
                  return answer;
                },
                threads));
      }
      assertThat(busy.await(30, TimeUnit.SECONDS)).isTrue();

      Client.nobody(bank.address()).get("/health").expect(200);
      alice.transfer(alices, bobs, 60).expect(201);
      assertThat(bob.balance(bobs)).isEqualTo(60);
      assertThat(logins).anyMatch(login -> !login.isDone());

      int compared = 0;
      for (CompletableFuture<Client.Answer> login : logins) {
        Client.Answer answer = login.get(60, TimeUnit.SECONDS);
        if (answer.status() == 401) {
          compared++;
        } else {
          answer.expect(503, "unavailable");
        }
      }
      assertThat(compared).isPositive();
      bob.logInAgain().expect(200);
    }
  }
}
