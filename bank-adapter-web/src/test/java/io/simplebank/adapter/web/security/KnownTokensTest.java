package io.simplebank.adapter.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.Username;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which tokens are remembered, and for how long. */
final class KnownTokensTest {
  private static final Bearer ALICE = bearer("alice");
  private static final Bearer BOB = bearer("bob");

  private final KnownTokens tokens = new KnownTokens(2);

  @Test
  void knows_whom_a_token_names() {
    tokens.add("a", ALICE);
    tokens.add("b", BOB);

    assertThat(tokens.find("a")).contains(ALICE);
    assertThat(tokens.find("b")).contains(BOB);
    assertThat(tokens.find("c")).isEmpty();
  }

  @Test
  void forgets_what_has_not_been_used_for_two_generations() {
    tokens.add("a", ALICE);
    tokens.add("2", BOB);
    tokens.add("3", BOB);
    tokens.add("4", BOB);
    tokens.add("5", BOB);

    assertThat(tokens.find("a")).isEmpty();
    assertThat(tokens.find("2")).isEmpty();
    assertThat(tokens.find("3")).contains(BOB);
  }

  @Test
  void keeps_what_is_used_all_the_time() {
    tokens.add("a", ALICE);
    for (int other = 0; other < 100; other++) {
      tokens.add("b" + other, BOB);
      assertThat(tokens.find("a")).contains(ALICE);
    }
  }

  @Test
  void never_knows_more_than_two_generations() {
    for (int token = 0; token < 100; token++) {
      tokens.add("t" + token, ALICE);
    }
    int known = 0;
    for (int token = 0; token < 100; token++) {
      known += tokens.find("t" + token).isPresent() ? 1 : 0;
    }

    assertThat(known).isBetween(1, 4);
  }

  @Test
  void remembers_none_that_is_longer_than_any_of_the_banks() {
    String longest = "x".repeat(KnownTokens.LONGEST);
    tokens.add(longest, ALICE);
    tokens.add(longest + "x", ALICE);

    assertThat(tokens.find(longest)).contains(ALICE);
    assertThat(tokens.find(longest + "x")).isEmpty();
  }

  private static Bearer bearer(String username) {
    return new Bearer(
        new Username(username),
        Role.DEPOSITOR,
        UUID.randomUUID(),
        Instant.EPOCH,
        Instant.EPOCH.plusSeconds(1));
  }
}
