package io.simplebank.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job of the bank, by the process that people run and over real HTTP. */
class StoryTest {
  @TempDir private Path directory;

  @Test
  void moves_money_and_keeps_it_through_a_kill() throws IOException {
    Client alice;
    Client bob;
    Client banker;
    String bankersPassword;
    long alices;
    long bobs;
    long settlement;
    try (BankProcess process = BankProcess.start(directory)) {
      URI bank = process.address();
      Client.nobody(bank).get("/health").expect(200);
      assertNobodyGetsInWithoutAToken(bank);
      assertPagesOfThisMachineGetIn(bank);
      bankersPassword = passwordMadeUp(process).orElseThrow();

      alice = Client.registered(bank, "alice");
      bob = Client.registered(bank, "bob");
      banker = Client.loggedIn(bank, "banker", bankersPassword);
      alices = alice.openAccount("USD");
      bobs = bob.openAccount("USD");
      long bobsEuros = bob.openAccount("EUR");

      Client.Answer deposit = banker.deposit(alices, 10_000, "USD").expect(201);
      settlement = deposit.number("from_account.id");
      Client.Answer sent = alice.transfer(alices, bobs, 3025).expect(201);
      assertThat(sent.number("from_account.balance")).isEqualTo(6975);
      assertThat(sent.number("from_entry.amount")).isEqualTo(-3025);
      assertThat(sent.number("to_entry.amount")).isEqualTo(3025);
      assertThat(sent.find("to_account.balance")).isEmpty();
      assertThat(sent.find("to_entry.balance_after")).isEmpty();
      alice.get("/transfers/" + sent.number("transfer.id")).expect(200);
      bob.get("/transfers/" + sent.number("transfer.id")).expect(200);

      assertBalances(alice, alices, bob, bobs, banker, settlement);
      assertThat(entries(alice, alices)).containsExactly("-3025 -> 6975", "10000 -> 10000");
      assertThat(entries(bob, bobs)).containsExactly("3025 -> 3025");
      assertThat(entries(banker, settlement)).containsExactly("-10000 -> -10000");

      alice.transfer(alices, bobs, 6976).expect(422, "insufficient_funds");
      alice.transfer(bobs, alices, 1).expect(404, "account_not_found");
      alice.transfer(alices, bobsEuros, 1).expect(422, "currency_mismatch");
      alice.transfer(alices, settlement, 1).expect(404, "account_not_found");
      alice.deposit(alices, 1, "USD").expect(403, "forbidden");
      for (Object amount : new Object[] {-1, 0, 1.5, "9223372036854775808"}) {
        Client.Answer refused = alice.transfer(alices, bobs, amount).expect(400, "invalid_request");
        assertThat(refused.text("violations.0.field")).isEqualTo("amount");
      }
      bob.get("/accounts/" + alices).expect(404, "account_not_found");
      bob.get("/accounts/" + alices + "/entries").expect(404, "account_not_found");
      assertBalances(alice, alices, bob, bobs, banker, settlement);

      process.kill();
    }

    try (BankProcess restarted = BankProcess.start(directory)) {
      URI bank = restarted.address();
      assertThat(passwordMadeUp(restarted)).as("told once").isEmpty();
      Client.loggedIn(bank, "banker", bankersPassword);
      // Even the access tokens are still good: the embedded mode keeps the secret it made up.
      assertBalances(alice.at(bank), alices, bob.at(bank), bobs, banker.at(bank), settlement);
      alice.at(bank).transfer(alices, bobs, 6975).expect(201);
      assertThat(bob.at(bank).balance(bobs)).isEqualTo(10_000);
    }
  }

  private static void assertNobodyGetsInWithoutAToken(URI bank) {
    Client nobody = Client.nobody(bank);
    for (String path :
        List.of("/accounts", "/accounts/1", "/accounts/1/entries", "/transfers/1", "/nothing")) {
      nobody.get(path).expect(401, "unauthenticated");
      nobody.post(path, "{}").expect(401, "unauthenticated");
    }
  }

  /** Whoever tries the bank out may write a page for it; what others write stays outside. */
  private static void assertPagesOfThisMachineGetIn(URI bank) {
    for (String origin : List.of("http://localhost:3000", "http://[::1]:5173")) {
      assertThat(Client.nobody(bank).originLetIn(origin)).contains(origin);
    }
    assertThat(Client.nobody(bank).originLetIn("http://evil.example.com")).isEmpty();
  }

  private static void assertBalances(
      Client alice, long alices, Client bob, long bobs, Client banker, long settlement) {
    assertThat(alice.balance(alices)).isEqualTo(6975);
    assertThat(bob.balance(bobs)).isEqualTo(3025);
    assertThat(banker.balance(settlement)).isEqualTo(-10_000);
  }

  private static List<String> entries(Client client, long account) {
    Client.Answer answer = client.get("/accounts/" + account + "/entries").expect(200);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < answer.size("entries"); i++) {
      String entry = "entries." + i;
      lines.add(
          answer.number(entry + ".amount") + " -> " + answer.number(entry + ".balance_after"));
    }
    return lines;
  }

  private static Optional<String> passwordMadeUp(BankProcess process) {
    for (String line : process.output()) {
      if (line.strip().startsWith("password: ")) {
        return Optional.of(line.strip().substring("password: ".length()));
      }
    }
    return Optional.empty();
  }
}
