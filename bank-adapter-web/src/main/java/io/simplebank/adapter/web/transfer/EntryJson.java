package io.simplebank.adapter.web.transfer;

import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.simplebank.domain.transfer.Entry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An entry as clients see it; the balance is left out for whoever may not see the account. */
@Serdeable(naming = SnakeCaseStrategy.class)
record EntryJson(
    long id,
    long accountId,
    long transferId,
    long amount,
    @Nullable Long balanceAfter,
    Instant createdAt) {

  static EntryJson of(Entry entry) {
    return of(entry, entry.balanceAfter().minorUnits());
  }

  static EntryJson withoutBalance(Entry entry) {
    return of(entry, null);
  }

  private static EntryJson of(Entry entry, @Nullable Long balanceAfter) {
    return new EntryJson(
        entry.id().value(),
        entry.account().value(),
        entry.transfer().value(),
        entry.amount().minorUnits(),
        balanceAfter,
        entry.createdAt());
  }
}
