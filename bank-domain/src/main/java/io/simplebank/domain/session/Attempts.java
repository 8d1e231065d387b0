package io.simplebank.domain.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How often a login has failed of late, and how long one has to wait for that. The first few
 * failures cost nothing, because people mistype; each further one doubles the delay. An attempt is
 * counted before the password is compared and taken back when it was right, so that a thousand
 * attempts at one moment count as a thousand.
 *
 * @param key what they are counted by
 * @param failures how many there were, not negative
 * @param lastAt when the latest of them was
 */
public record Attempts(AttemptKey key, int failures, Instant lastAt) {
  /** How many failures at one account cost nothing. */
  public static final int FREE_PER_ACCOUNT = 5;

  /** How many failures from one address cost nothing; many people may share one. */
  public static final int FREE_PER_ADDRESS = 50;

  /** The first delay. */
  public static final Duration FIRST_DELAY = Duration.ofSeconds(1);

  /** The longest delay. */
  public static final Duration LONGEST_DELAY = Duration.ofMinutes(15);

  /** After this long without a failure all are forgotten. */
  public static final Duration MEMORY = Duration.ofHours(1);

  /**
   * In this time one failure from an address is forgotten: the many people behind one mistype for
   * ever, and only guessing is quicker than that.
   */
  public static final Duration DRAIN = Duration.ofMinutes(1);

  /**
   * @throws IllegalArgumentException when the count is negative
   */
  public Attempts {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(lastAt, "lastAt");
    if (failures < 0) {
      throw new IllegalArgumentException("failures are not negative: " + failures);
    }
  }

  /** Nothing has failed so far. */
  public static Attempts none(AttemptKey key, Instant at) {
    return new Attempts(key, 0, at);
  }

  /** Until when another attempt has to wait; empty when it need not. */
  public Optional<Instant> blockedUntil(Instant now) {
    int beyond = failures - (key.isAccount() ? FREE_PER_ACCOUNT : FREE_PER_ADDRESS);
    if (beyond < 0) {
      return Optional.empty();
    }
    return Optional.of(lastAt.plus(delay(beyond))).filter(now::isBefore);
  }

  /** One attempt more. A clock that is behind those of other servers makes no delay shorter. */
  public Attempts counted(Instant now) {
    return new Attempts(key, Math.addExact(remembered(now), 1), now.isAfter(lastAt) ? now : lastAt);
  }

  private int remembered(Instant now) {
    if (!now.isBefore(lastAt.plus(MEMORY))) {
      return 0;
    }
    if (key.isAccount() || now.isBefore(lastAt)) {
      return failures;
    }
    // Within its memory: far less than an int holds.
    return Math.max(0, failures - (int) Duration.between(lastAt, now).dividedBy(DRAIN));
  }

  /**
   * The latest attempt was no failure. For an account that makes up for all before it; for an
   * address only for itself, or whoever has one password could try out others' for ever.
   */
  public Attempts succeeded() {
    return new Attempts(key, key.isAccount() ? 0 : Math.max(0, failures - 1), lastAt);
  }

  /** The latest attempt was not decided at all. */
  public Attempts takenBack() {
    return new Attempts(key, Math.max(0, failures - 1), lastAt);
  }

  private static Duration delay(int doublings) {
    // 2^20 seconds are twelve days: further doublings would only overflow.
    Duration delay = FIRST_DELAY.multipliedBy(1L << Math.min(doublings, 20));
    return delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY;
  }
}
