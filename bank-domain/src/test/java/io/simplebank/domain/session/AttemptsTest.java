package io.simplebank.domain.session;

import static io.simplebank.domain.session.Attempts.DRAIN;
import static io.simplebank.domain.session.Attempts.FIRST_DELAY;
import static io.simplebank.domain.session.Attempts.FREE_PER_ACCOUNT;
import static io.simplebank.domain.session.Attempts.FREE_PER_ADDRESS;
import static io.simplebank.domain.session.Attempts.LONGEST_DELAY;
import static io.simplebank.domain.session.Attempts.MEMORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.simplebank.domain.user.Username;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AttemptsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final AttemptKey ACCOUNT = AttemptKey.account(new Username("ada"));
  private static final AttemptKey ADDRESS = AttemptKey.address("192.0.2.1");

  @Test
  void are_none_at_first_and_block_nobody() {
    Attempts none = Attempts.none(ACCOUNT, NOW);

    assertThat(none).isEqualTo(new Attempts(ACCOUNT, 0, NOW));
    assertThat(none.blockedUntil(NOW)).isEmpty();
  }

  @Test
  void are_not_negative() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Attempts(ACCOUNT, -1, NOW));
  }

  @Test
  void cost_nothing_while_they_are_few() {
    assertThat(delayAfter(ACCOUNT, FREE_PER_ACCOUNT - 1)).isZero();
    assertThat(delayAfter(ACCOUNT, FREE_PER_ACCOUNT)).isEqualTo(FIRST_DELAY);
    assertThat(delayAfter(ADDRESS, FREE_PER_ADDRESS - 1)).isZero();
    assertThat(delayAfter(ADDRESS, FREE_PER_ADDRESS)).isEqualTo(FIRST_DELAY);
  }

  @Test
  void double_the_delay_up_to_the_longest() {
    Duration expected = FIRST_DELAY;
    for (int failures = FREE_PER_ACCOUNT; failures < FREE_PER_ACCOUNT + 10; failures++) {
      assertThat(delayAfter(ACCOUNT, failures)).isEqualTo(expected);
      expected = expected.multipliedBy(2);
    }
    assertThat(expected).as("the next would be longer").isGreaterThan(LONGEST_DELAY);
    assertThat(delayAfter(ACCOUNT, FREE_PER_ACCOUNT + 10)).isEqualTo(LONGEST_DELAY);
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 31, 32, 57, 62, 63, 64, 65, 127, 128, 1_000_000, Integer.MAX_VALUE - 5})
  void block_no_shorter_however_many_they_are(int beyond) {
    assertThat(delayAfter(ACCOUNT, FREE_PER_ACCOUNT + beyond)).isEqualTo(LONGEST_DELAY);
  }

  @Test
  void block_until_the_delay_is_over_and_not_longer() {
    Attempts attempts = new Attempts(ACCOUNT, FREE_PER_ACCOUNT, NOW);
    Instant end = NOW.plus(FIRST_DELAY);

    assertThat(attempts.blockedUntil(end.minusNanos(1))).contains(end);
    assertThat(attempts.blockedUntil(end)).isEmpty();
    assertThat(attempts.blockedUntil(NOW.minusSeconds(60)))
        .as("asked by a server whose clock is behind")
        .contains(end);
  }

  @Test
  void are_counted_with_the_time_of_the_latest() {
    Attempts one = Attempts.none(ACCOUNT, NOW).counted(NOW.plusSeconds(1));
    Attempts two = one.counted(NOW.plusSeconds(2));

    assertThat(one).isEqualTo(new Attempts(ACCOUNT, 1, NOW.plusSeconds(1)));
    assertThat(two).isEqualTo(new Attempts(ACCOUNT, 2, NOW.plusSeconds(2)));
  }

  @Test
  void are_not_dated_back_by_a_clock_that_is_behind() {
    Attempts attempts = new Attempts(ACCOUNT, FREE_PER_ACCOUNT - 1, NOW);

    Attempts counted = attempts.counted(NOW.minusSeconds(30));

    assertThat(counted).isEqualTo(new Attempts(ACCOUNT, FREE_PER_ACCOUNT, NOW));
  }

  @Test
  void are_forgotten_after_a_time_without_any() {
    Attempts attempts = new Attempts(ACCOUNT, 30, NOW);

    assertThat(attempts.counted(NOW.plus(MEMORY).minusNanos(1)).failures()).isEqualTo(31);
    assertThat(attempts.counted(NOW.plus(MEMORY)))
        .isEqualTo(new Attempts(ACCOUNT, 1, NOW.plus(MEMORY)));
    assertThat(LONGEST_DELAY).as("nobody is blocked by what is forgotten").isLessThan(MEMORY);
  }

  @Test
  void drain_away_at_an_address_where_people_mistype_now_and_then() {
    Attempts atOffice = new Attempts(ADDRESS, 40, NOW);

    assertThat(atOffice.counted(NOW.plus(DRAIN).minusNanos(1)).failures()).isEqualTo(41);
    assertThat(atOffice.counted(NOW.plus(DRAIN)).failures()).isEqualTo(40);
    assertThat(atOffice.counted(NOW.plus(DRAIN.multipliedBy(10))).failures()).isEqualTo(31);
    assertThat(atOffice.counted(NOW.plus(DRAIN.multipliedBy(59))).failures()).isEqualTo(1);
    assertThat(atOffice.counted(NOW.minus(DRAIN.multipliedBy(5))).failures()).isEqualTo(41);
  }

  @Test
  void do_not_drain_away_at_an_account() {
    Attempts guessed = new Attempts(ACCOUNT, 4, NOW);

    assertThat(guessed.counted(NOW.plus(DRAIN.multipliedBy(59))).failures()).isEqualTo(5);
  }

  @Test
  void are_made_up_for_by_a_success_at_the_account() {
    assertThat(new Attempts(ACCOUNT, 17, NOW).succeeded()).isEqualTo(new Attempts(ACCOUNT, 0, NOW));
  }

  @Test
  void are_not_made_up_for_by_a_success_from_the_address() {
    assertThat(new Attempts(ADDRESS, 17, NOW).succeeded())
        .isEqualTo(new Attempts(ADDRESS, 16, NOW));
    assertThat(Attempts.none(ADDRESS, NOW).succeeded()).isEqualTo(Attempts.none(ADDRESS, NOW));
  }

  @Test
  void can_be_taken_back_one_at_a_time() {
    assertThat(new Attempts(ACCOUNT, 2, NOW).takenBack()).isEqualTo(new Attempts(ACCOUNT, 1, NOW));
    assertThat(new Attempts(ADDRESS, 2, NOW).takenBack()).isEqualTo(new Attempts(ADDRESS, 1, NOW));
    // Somebody has succeeded meanwhile.
    assertThat(Attempts.none(ACCOUNT, NOW).takenBack()).isEqualTo(Attempts.none(ACCOUNT, NOW));
  }

  /** Clocks of several servers are a little ahead or behind; the delay must not suffer. */
  @Test
  void block_an_account_no_shorter_and_no_earlier_after_one_more() {
    long seed = Long.getLong("bank.seed", new SplittableRandom().nextLong());
    SplittableRandom random = new SplittableRandom(seed);
    for (int sequence = 0; sequence < 200; sequence++) {
      Attempts attempts = Attempts.none(ACCOUNT, NOW);
      Instant end = Instant.MIN;
      Duration delay = Duration.ZERO;
      Instant clock = NOW;
      for (int i = 0; i < 100; i++) {
        clock = clock.plusSeconds(random.nextInt(0, 600));
        attempts = attempts.counted(clock.plusSeconds(random.nextInt(-30, 31)));
        Instant nextEnd = attempts.blockedUntil(Instant.MIN).orElse(Instant.MIN);
        Duration nextDelay =
            nextEnd.equals(Instant.MIN)
                ? Duration.ZERO
                : Duration.between(attempts.lastAt(), nextEnd);

        assertThat(nextEnd)
            .as("end after %d failures, -Dbank.seed=%d", attempts.failures(), seed)
            .isAfterOrEqualTo(end);
        assertThat(nextDelay)
            .as("delay after %d failures, -Dbank.seed=%d", attempts.failures(), seed)
            .isBetween(delay, LONGEST_DELAY);
        end = nextEnd;
        delay = nextDelay;
      }
    }
  }

  private static Duration delayAfter(AttemptKey key, int failures) {
    return new Attempts(key, failures, NOW)
        .blockedUntil(NOW)
        .map(end -> Duration.between(NOW, end))
        .orElse(Duration.ZERO);
  }
}
