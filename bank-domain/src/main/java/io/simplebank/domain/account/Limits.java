package io.simplebank.domain.account;

import io.simplebank.domain.money.Money;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Currency;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How much may leave an account, whatever is on it, as a banker has set it. How far below zero the
 * account may go is another matter: its {@link Account#overdraftLimit}.
 *
 * @param perTransfer the most that one transfer may move; null where there is no such limit
 * @param perDay the most that may leave on one day; null where there is no such limit
 * @param perMonth the most that may leave in one month; null where there is no such limit
 */
public record Limits(
    @Nullable Money perTransfer, @Nullable Money perDay, @Nullable Money perMonth) {
  /** No limits at all, in any currency. */
  public static final Limits NONE = new Limits(null, null, null);

  /**
   * What a limit leaves.
   *
   * @param limit which
   * @param amount how much may leave at once within it; never negative
   */
  public record Room(Limit limit, Money amount) {}

  /**
   * @throws IllegalArgumentException when a limit is negative, or their currencies differ
   */
  public Limits {
    if (amounts(perTransfer, perDay, perMonth).anyMatch(Money::isNegative)) {
      throw new IllegalArgumentException("a limit is never negative");
    }
    if (amounts(perTransfer, perDay, perMonth).map(Money::currency).distinct().count() > 1) {
      throw new IllegalArgumentException("the limits of an account are in its one currency");
    }
  }

  /** Whether these are for an account in that currency. */
  boolean isFor(Currency currency) {
    return amounts(perTransfer, perDay, perMonth)
        .allMatch(amount -> amount.currency().equals(currency));
  }

  /**
   * What that limit leaves once that was spent: nothing, where more was spent than it is now. Empty
   * where there is no such limit.
   */
  public Optional<Money> left(Limit limit, Spending spent) {
    return switch (limit) {
      case PER_TRANSFER -> Optional.ofNullable(perTransfer);
      case PER_DAY -> Optional.ofNullable(perDay).map(most -> left(most, spent.thatDay()));
      case PER_MONTH -> Optional.ofNullable(perMonth).map(most -> left(most, spent.thatMonth()));
    };
  }

  /**
   * The limit that leaves least once that was spent; of several the first in the order of {@link
   * Limit}. Empty where there is no limit.
   */
  public Optional<Room> narrowest(Spending spent) {
    return Arrays.stream(Limit.values())
        .flatMap(limit -> left(limit, spent).map(left -> new Room(limit, left)).stream())
        .min(Comparator.comparingLong(room -> room.amount().minorUnits()));
  }

  private static Money left(Money most, Money spent) {
    return most.isLessThan(spent) ? Money.zero(most.currency()) : most.minus(spent);
  }

  private static Stream<Money> amounts(@Nullable Money... amounts) {
    return Arrays.stream(amounts).flatMap(Stream::ofNullable);
  }
}
