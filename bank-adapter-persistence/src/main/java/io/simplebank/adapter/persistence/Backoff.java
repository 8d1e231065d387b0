package io.simplebank.adapter.persistence;

import java.time.Duration;
import java.util.Optional;

/**
 * How long to wait before what has failed is tried again: each time twice as long.
 *
 * @param first the first wait
 * @param longest no wait is longer
 * @param patience when the waits have added up to this, it is given up
 */
record Backoff(Duration first, Duration longest, Duration patience) {

  Backoff {
    if (!first.isPositive() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("a wait takes time, and the longest is the longest");
    }
  }

  /**
   * The wait after that many failures; empty when it is given up.
   *
   * @param failures 1 or more
   */
  Optional<Duration> waitAfter(int failures) {
    Duration wait = first;
    Duration waited = Duration.ZERO;
    for (int i = 1; i < failures; i++) {
      waited = waited.plus(wait);
      // Compared before it is doubled, so that nothing overflows.
      wait = wait.compareTo(longest.dividedBy(2)) < 0 ? wait.multipliedBy(2) : longest;
    }
    return waited.compareTo(patience) < 0 ? Optional.of(wait) : Optional.empty();
  }
}
