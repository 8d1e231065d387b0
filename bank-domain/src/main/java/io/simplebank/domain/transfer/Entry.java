package io.simplebank.domain.transfer;

import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.money.Money;
import java.time.Instant;
import java.util.Objects;

/**
 * One side of a transfer, as it stands on one account: a debit (negative) or a credit (positive).
 * The two entries of a transfer sum to zero.
 *
 * @param id its number; of two entries on one account the later has the greater
 * @param account whose entry this is
 * @param transfer what it belongs to
 * @param amount by how much the balance changed; never zero
 * @param balanceAfter the account's balance with this entry
 * @param createdAt when, the same moment as the transfer's
 */
public record Entry(
    EntryId id,
    AccountId account,
    TransferId transfer,
    Money amount,
    Money balanceAfter,
    Instant createdAt) {
  /**
   * @throws IllegalArgumentException when the amount is zero or the two currencies differ
   */
  public Entry {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(account, "account");
    Objects.requireNonNull(transfer, "transfer");
    Objects.requireNonNull(createdAt, "createdAt");
    if (amount.minorUnits() == 0) {
      throw new IllegalArgumentException("an entry of nothing is no entry");
    }
    if (!amount.currency().equals(balanceAfter.currency())) {
      throw new IllegalArgumentException("an entry has the currency of its account");
    }
  }
}
