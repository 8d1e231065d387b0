package io.simplebank.adapter.persistence.transfer;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.port.out.EntryRepository;
import io.simplebank.domain.transfer.Entry;
import io.simplebank.domain.transfer.EntryId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Singleton
final class PostgresEntryRepository implements EntryRepository {
  private final EntryRows rows;

  PostgresEntryRepository(EntryRows rows) {
    this.rows = rows;
  }

  @Override
  public List<Entry> list(
      AccountId account,
      int limit,
      @Nullable EntryId before,
      @Nullable Instant from,
      @Nullable Instant to) {
    long bound = before == null ? Long.MAX_VALUE : before.value();
    return rows.list(account.value(), limit, bound, roundedUp(from), roundedUp(to)).stream()
        .map(EntryRow::toEntry)
        .toList();
  }

  @Override
  public Money balance(Account account, Instant at) {
    // To the nearest microsecond, as the driver rounds, might be an entry too far.
    return rows.balanceAfter(account.id().value(), at.truncatedTo(ChronoUnit.MICROS))
        .map(minorUnits -> new Money(minorUnits, account.currency()))
        .orElseGet(() -> Money.zero(account.currency()));
  }

  /** The first moment as fine as PostgreSQL's that is not before this one. */
  private static @Nullable Instant roundedUp(@Nullable Instant time) {
    if (time == null) {
      return null;
    }
    Instant down = time.truncatedTo(ChronoUnit.MICROS);
    return down.equals(time) ? time : down.plus(1, ChronoUnit.MICROS);
  }
}
