package io.simplebank.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff =
      new Backoff(Duration.ofSeconds(5), Duration.ofHours(1), Duration.ofDays(3));

  @Test
  void waits_twice_as_long_each_time_and_never_longer_than_the_longest() {
    assertThat(backoff.waitAfter(1)).contains(Duration.ofSeconds(5));
    assertThat(backoff.waitAfter(2)).contains(Duration.ofSeconds(10));
    assertThat(backoff.waitAfter(3)).contains(Duration.ofSeconds(20));
    assertThat(backoff.waitAfter(10)).contains(Duration.ofSeconds(2560));
    assertThat(backoff.waitAfter(11)).contains(Duration.ofHours(1));
    assertThat(backoff.waitAfter(50)).contains(Duration.ofHours(1));
  }

  @Test
  void gives_up_when_the_waits_have_added_up() {
    Duration waited = Duration.ZERO;
    int failures = 1;
    while (backoff.waitAfter(failures).isPresent()) {
      waited = waited.plus(backoff.waitAfter(failures).orElseThrow());
      failures++;
    }

    assertThat(waited).isBetween(Duration.ofDays(3), Duration.ofDays(3).plusHours(1));
    assertThat(backoff.waitAfter(Integer.MAX_VALUE / 1000)).isEmpty();
  }

  @Test
  void refuses_waits_that_take_no_time_or_shrink() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofHours(1), Duration.ofDays(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Backoff(Duration.ofHours(2), Duration.ofHours(1), Duration.ofDays(1)));
  }
}
