package io.simplebank.domain.port.in;

import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.transfer.Entry;
import io.simplebank.domain.transfer.EntryId;
import io.simplebank.domain.user.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An owner, or a banker, reads what happened on an account, newest first. */
public interface ListEntries {
  /** The largest page. */
  int MAX_LIMIT = 1000;

  /** One page; empty when there is no such account or the caller may not see it. */
  Optional<Page> list(Query query);

  /**
   * @param caller who asks
   * @param account whose entries
   * @param limit how many at most, 1 to {@value #MAX_LIMIT}
   * @param before only entries older than this one; null to begin with the newest
   * @param from only entries of this time or later, when given
   * @param to only entries before this time, when given
   */
  record Query(
      Caller caller,
      AccountId account,
      int limit,
      @Nullable EntryId before,
      @Nullable Instant from,
      @Nullable Instant to) {
    /**
     * @throws IllegalArgumentException when the limit is out of its range
     */
    public Query {
      if (limit < 1 || limit > MAX_LIMIT) {
        throw new IllegalArgumentException("a page has 1 to " + MAX_LIMIT + " entries");
      }
    }
  }

  /**
   * @param entries newest first
   * @param next where the next page begins, when there is more
   */
  record Page(List<Entry> entries, Optional<EntryId> next) {
    /** Copies the list. */
    public Page {
      entries = List.copyOf(entries);
    }
  }
}
