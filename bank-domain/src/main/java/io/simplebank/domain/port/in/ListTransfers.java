package io.simplebank.domain.port.in;

import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.transfer.Transfer;
import io.simplebank.domain.transfer.TransferId;
import io.simplebank.domain.user.Caller;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An owner, or a banker, reads the transfers from and to an account, pending ones included, newest
 * first.
 */
public interface ListTransfers {
  /** The largest page. */
  int MAX_LIMIT = 1000;

  /** One page; empty when there is no such account or the caller may not see it. */
  Optional<Page> list(Query query);

  /**
   * @param caller who asks
   * @param account whose transfers
   * @param limit how many at most, 1 to {@value #MAX_LIMIT}
   * @param before only transfers older than this one; null to begin with the newest
   */
  record Query(Caller caller, AccountId account, int limit, @Nullable TransferId before) {
    /**
     * @throws IllegalArgumentException when the limit is out of its range
     */
    public Query {
      if (limit < 1 || limit > MAX_LIMIT) {
        throw new IllegalArgumentException("a page has 1 to " + MAX_LIMIT + " transfers");
      }
    }
  }

  /**
   * @param transfers newest first
   * @param next where the next page begins, when there is more
   */
  record Page(List<Transfer> transfers, Optional<TransferId> next) {
    /** Copies the list. */
    public Page {
      transfers = List.copyOf(transfers);
    }
  }
}
