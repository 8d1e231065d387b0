package io.simplebank.domain.audit;

import io.simplebank.domain.transfer.Entry;
import java.time.Instant;

/**
 * An entry as it is on record. Somebody may have changed it, so nothing is checked.
 *
 * @param id its number
 * @param account whose entry this is
 * @param transfer what it belongs to
 * @param amount by how much the balance changed, in minor units
 * @param balanceAfter the account's balance with this entry
 * @param createdAt when
 */
public record EntryOnRecord(
    long id, long account, long transfer, long amount, long balanceAfter, Instant createdAt) {
  /** How that entry is to be on record. */
  public static EntryOnRecord of(Entry entry) {
    return new EntryOnRecord(
        entry.id().value(),
        entry.account().value(),
        entry.transfer().value(),
        entry.amount().minorUnits(),
        entry.balanceAfter().minorUnits(),
        entry.createdAt());
  }

  /** The hash of all of it. */
  public Digest digest() {
    return new CanonicalForm('E')
        .number(1, id)
        .number(2, account)
        .number(3, transfer)
        .number(4, amount)
        .number(5, balanceAfter)
        .time(6, createdAt)
        .digest();
  }
}
