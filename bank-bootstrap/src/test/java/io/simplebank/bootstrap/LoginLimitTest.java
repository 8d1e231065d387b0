package io.simplebank.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.adapter.persistence.TestDatabase;
import io.simplebank.domain.session.Attempts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Who guesses passwords waits longer and longer, on whichever server they try. The servers trust
 * the loopback address to tell from where a request came, so that a test can come from anywhere.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoginLimitTest {
  private static final String WRONG = "wrong password";

  private Bank here;
  private Bank there;

  @BeforeAll
  void start() {
    String database = TestDatabase.createDatabase();
    here = ServerBank.startOn(database, "--bank.trusted-proxies=127.0.0.0/8,::1");
    there = ServerBank.startOn(database, "--bank.trusted-proxies=127.0.0.0/8,::1");
  }

  @AfterAll
  void stop() {
    here.close();
    there.close();
  }

  @Test
  void limits_failures_at_one_account_over_all_servers_and_addresses() {
    String username = Client.registered(here.address(), "alice").username();
    for (int i = 0; i < Attempts.FREE_PER_ACCOUNT; i++) {
      logIn(i % 2 == 0 ? here : there, username, WRONG, "192.0.2." + i).expect(401);
    }

    Client.Answer refused =
        logIn(here, username, "correct horse", "192.0.2.100").expect(429, "too_many_attempts");

    assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow()).isPositive();
    logIn(there, username, "correct horse", "192.0.2.101").expect(429, "too_many_attempts");
  }

  @Test
  void limits_failures_from_one_address_whatever_names_it_tries() {
    String address = "198.51.100.7";
    for (int i = 0; i < Attempts.FREE_PER_ADDRESS; i++) {
      logIn(i % 2 == 0 ? here : there, "nobody-" + i, WRONG, address).expect(401);
    }

    logIn(here, "nobody-x", WRONG, address).expect(429, "too_many_attempts");
    logIn(there, "nobody-y", WRONG, "198.51.100.8").expect(401, "invalid_credentials");
  }

  @Test
  void forgets_failures_at_an_account_once_its_owner_gets_in() {
    String username = Client.registered(here.address(), "alice").username();
    for (int round = 0; round < 3; round++) {
      for (int i = 1; i < Attempts.FREE_PER_ACCOUNT; i++) {
        logIn(here, username, WRONG, "203.0.113.1").expect(401);
      }
      logIn(there, username, "correct horse", "203.0.113.1").expect(200);
    }
  }

  @Test
  void limits_guesses_at_the_current_password_as_well() {
    Client alice = Client.registered(here.address(), "alice");
    String guess = "{\"password\": \"battery staple\", \"current_password\": \"" + WRONG + "\"}";
    for (int i = 0; i < Attempts.FREE_PER_ACCOUNT; i++) {
      alice.patch("/users/me", guess).expect(401, "invalid_credentials");
    }

    alice.patch("/users/me", guess).expect(429, "too_many_attempts");
  }

  /**
   * With hashes that cost what they cost in earnest a comparison outweighs all else, so a missing
   * one would show as a ratio of many. The medians of interleaved calls hold on a noisy machine.
   */
  @Test
  void takes_as_long_for_an_unknown_user_as_for_a_wrong_password() {
    String database = TestDatabase.createDatabase();
    try (Bank bank =
        ServerBank.startOn(
            database, "--bank.trusted-proxies=127.0.0.0/8,::1", "--bank.password-hash.cost=9")) {
      int users = 40;
      List<String> known = new ArrayList<>();
      for (int i = 0; i < users; i++) {
        known.add(Client.registered(bank.address(), "known").username());
      }
      int triesEach = Attempts.FREE_PER_ACCOUNT - 1;
      long[] forKnown = new long[users * triesEach];
      long[] forUnknown = new long[users * triesEach];
      for (int i = 0; i < users * triesEach; i++) {
        String address = "2001:db8:0:" + Integer.toHexString(i) + "::1";
        forKnown[i] = nanos(bank, known.get(i % users), address);
        forUnknown[i] = nanos(bank, "unknown-" + i % users, address);
      }

      double ratio = (double) median(forKnown) / median(forUnknown);
      assertThat(ratio).as("known to unknown").isBetween(0.75, 1.33);
    }
  }

  private static long nanos(Bank bank, String username, String address) {
    long start = System.nanoTime();
    logIn(bank, username, WRONG, address).expect(401, "invalid_credentials");
    return System.nanoTime() - start;
  }

  private static long median(long[] times) {
    Arrays.sort(times);
    return times[times.length / 2];
  }

  private static Client.Answer logIn(Bank bank, String username, String password, String address) {
    return Client.nobody(bank.address())
        .post(
            "/users/login",
            "{\"username\": \"%s\", \"password\": \"%s\"}".formatted(username, password),
            Map.of("X-Forwarded-For", address));
  }
}
