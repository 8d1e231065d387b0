package io.simplebank.domain.transfer;

import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.money.Money;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Money that moved, once and for good.
 *
 * @param id its number
 * @param from the account that was debited
 * @param to the account that was credited
 * @param amount how much; always positive
 * @param reference what for, when that was said
 * @param createdAt when
 * @param reverses the earlier transfer of which this gives something back, when it does
 */
public record Transfer(
    TransferId id,
    AccountId from,
    AccountId to,
    Money amount,
    @Nullable Reference reference,
    Instant createdAt,
    @Nullable TransferId reverses) {
  /**
   * @throws IllegalArgumentException when the amount is not positive or the accounts are the same
   */
  public Transfer {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(createdAt, "createdAt");
    if (!amount.isPositive()) {
      throw new IllegalArgumentException("a transfer moves a positive amount, not " + amount);
    }
    if (from.equals(to)) {
      throw new IllegalArgumentException("a transfer needs two accounts, not one twice");
    }
    if (id.equals(reverses)) {
      throw new IllegalArgumentException("a transfer reverses another, not itself");
    }
  }

  /** A transfer that has to do with no earlier one. */
  public Transfer(
      TransferId id,
      AccountId from,
      AccountId to,
      Money amount,
      @Nullable Reference reference,
      Instant createdAt) {
    this(id, from, to, amount, reference, createdAt, null);
  }
}
