package io.simplebank.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.adapter.persistence.TestDatabase;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Accounts are frozen, unfrozen and closed, and no money gets lost on the way. */
class AccountStatusTest {
  private static final String REASON = "{\"reason\": \"a test\"}";

  @Test
  void freezes_unfreezes_and_closes_accounts() {
    try (Bank bank = ServerBank.start()) {
      Client banker =
          Client.loggedIn(bank.address(), ServerBank.BANKER, ServerBank.BANKERS_PASSWORD);
      Client alice = Client.registered(bank.address(), "alice");
      Client bob = Client.registered(bank.address(), "bob");
      long alices = alice.openAccount("USD");
      long bobs = bob.openAccount("USD");
      banker.deposit(alices, 100, "USD").expect(201);
      String account = "/accounts/" + alices;

      bob.post(account + "/close", REASON).expect(404, "account_not_found");
      alice.post(account + "/freeze", REASON).expect(403, "forbidden");
      assertThat(banker.post(account + "/freeze", REASON).expect(200).text("status"))
          .isEqualTo("frozen");
      banker.post(account + "/freeze", REASON).expect(409, "account_status_conflict");
      alice.transfer(alices, bobs, 1).expect(422, "account_not_open");
      banker.deposit(alices, 5, "USD").expect(201);
      alice.post(account + "/close", REASON).expect(403, "forbidden");
      banker.post(account + "/unfreeze", REASON).expect(200);
      alice.post(account + "/close", REASON).expect(409, "account_not_empty");
      alice.transfer(alices, bobs, 105).expect(201);
      assertThat(alice.post(account + "/close", REASON).expect(200).text("status"))
          .isEqualTo("closed");
      banker.deposit(alices, 5, "USD").expect(422, "account_not_open");
      banker.post(account + "/unfreeze", REASON).expect(409, "account_status_conflict");

      long second = alice.openAccount("USD");
      alice.post("/accounts", "{\"currency\": \"USD\"}").expect(409, "account_already_exists");
      bob.transfer(bobs, second, 105).expect(201);
      assertThat(alice.balance(second)).isEqualTo(105);
      assertThat(alice.get("/accounts").expect(200).json().size()).isEqualTo(2);
    }
  }

  @Test
  void leaves_no_money_on_an_account_that_is_closed_while_a_deposit_is_under_way()
      throws Exception {
    String database = TestDatabase.createDatabase();
    try (Bank bank = ServerBank.startOn(database)) {
      Client banker =
          Client.loggedIn(bank.address(), ServerBank.BANKER, ServerBank.BANKERS_PASSWORD);
      Client alice = Client.registered(bank.address(), "alice");
      long account = alice.openAccount("USD");
      CompletableFuture<Client.Answer> closing;
      CompletableFuture<Client.Answer> deposit;
      try (LockedAccount lock = new LockedAccount(database, account)) {
        closing =
            CompletableFuture.supplyAsync(
                () -> alice.post("/accounts/" + account + "/close", REASON));
        lock.awaitWaiting(1);
        deposit = CompletableFuture.supplyAsync(() -> banker.deposit(account, 100, "USD"));
        lock.awaitWaiting(2);
      }

      // Who comes first is not told: the other is declined for it.
      Client.Answer closed = closing.get(60, TimeUnit.SECONDS);
      Client.Answer deposited = deposit.get(60, TimeUnit.SECONDS);
      if (closed.status() == 200) {
        deposited.expect(422, "account_not_open");
        assertThat(alice.balance(account)).isZero();
      } else {
        closed.expect(409, "account_not_empty");
        deposited.expect(201);
        assertThat(alice.balance(account)).isEqualTo(100);
      }
    }
  }
}
