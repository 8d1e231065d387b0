package io.simplebank.adapter.persistence.transfer;

import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.port.out.EntryRepository;
import io.simplebank.domain.transfer.Entry;
import io.simplebank.domain.transfer.EntryId;
import jakarta.inject.Singleton;
import java.time.Instant;
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
    return rows.list(account.value(), limit, bound, from, to).stream()
        .map(EntryRow::toEntry)
        .toList();
  }
}
