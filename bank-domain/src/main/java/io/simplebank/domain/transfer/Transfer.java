package io.simplebank.domain.transfer;

import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.money.Money;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Money that moved, once and for good; or that was set aside for that, as it stands at one moment.
 *
 * @param id its number
 * @param from the account that was debited
 * @param to the account that was credited
 * @param amount how much; always positive
 * @param reference what for, when that was said
 * @param createdAt when
 * @param reverses the earlier transfer of which this gives something back, when it does
 * @param settles the pending transfer that this settles, as a whole or in part, when it does
 * @param expiresAt when what was set aside is released by itself; null for a transfer that was not
 *     made pending
 * @param status what has become of it
 */
public record Transfer(
    TransferId id,
    AccountId from,
    AccountId to,
    Money amount,
    @Nullable Reference reference,
    Instant createdAt,
    @Nullable TransferId reverses,
    @Nullable TransferId settles,
    @Nullable Instant expiresAt,
    TransferStatus status) {
  /**
   * @throws IllegalArgumentException when the amount is not positive, the accounts are the same, or
   *     what it says about other transfers and its status does not fit together
   */
  public Transfer {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(createdAt, "createdAt");
    Objects.requireNonNull(status, "status");
    if (!amount.isPositive()) {
      throw new IllegalArgumentException("a transfer moves a positive amount, not " + amount);
    }
    if (from.equals(to)) {
      throw new IllegalArgumentException("a transfer needs two accounts, not one twice");
    }
    if (id.equals(reverses)) {
      throw new IllegalArgumentException("a transfer reverses another, not itself");
    }
    if (id.equals(settles)) {
      throw new IllegalArgumentException("a transfer settles another, not itself");
    }
    if (expiresAt == null) {
      if (status != TransferStatus.POSTED) {
        throw new IllegalArgumentException("a transfer that was not made pending is posted");
      }
    } else if (reverses != null || settles != null || !expiresAt.isAfter(createdAt)) {
      throw new IllegalArgumentException(
          "a pending transfer names no other and expires after it was made");
    }
  }

  /** A transfer that was posted at once and is no reversal. */
  public Transfer(
      TransferId id,
      AccountId from,
      AccountId to,
      Money amount,
      @Nullable Reference reference,
      Instant createdAt) {
    this(id, from, to, amount, reference, createdAt, null);
  }

  /** A transfer that was posted at once. */
  public Transfer(
      TransferId id,
      AccountId from,
      AccountId to,
      Money amount,
      @Nullable Reference reference,
      Instant createdAt,
      @Nullable TransferId reverses) {
    this(id, from, to, amount, reference, createdAt, reverses, null, null, TransferStatus.POSTED);
  }

  /** Whether this was made pending, whatever has become of it. */
  public boolean wasMadePending() {
    return expiresAt != null;
  }

  /** This transfer as it stands at that time: one that is pending until then has expired. */
  public Transfer asOf(Instant time) {
    return status == TransferStatus.PENDING && expiresAt != null && !expiresAt.isAfter(time)
        ? becoming(TransferStatus.EXPIRED)
        : this;
  }

  /**
   * This transfer in its next state.
   *
   * @throws IllegalStateException when no way leads there
   */
  public Transfer becoming(TransferStatus next) {
    if (!status.canBecome(next)) {
      throw new IllegalStateException(
          "transfer " + id.value() + " is " + status.code() + " and cannot become " + next.code());
    }
    return new Transfer(
        id, from, to, amount, reference, createdAt, reverses, settles, expiresAt, next);
  }
}
