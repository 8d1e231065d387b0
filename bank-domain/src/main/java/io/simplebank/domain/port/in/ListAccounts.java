package io.simplebank.domain.port.in;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.user.Caller;
import java.util.List;

/** A user looks at the accounts that are theirs. */
public interface ListAccounts {
  /** The largest page. */
  int MAX_PAGE_SIZE = 100;

  /** One page of the caller's own accounts, by number; empty past the last. */
  List<Account> list(Query query);

  /**
   * @param caller whose accounts
   * @param page which page, from 1
   * @param pageSize how many accounts a page has, 1 to {@value #MAX_PAGE_SIZE}
   */
  record Query(Caller caller, int page, int pageSize) {
    /**
     * @throws IllegalArgumentException when a number is out of its range
     */
    public Query {
      if (page < 1 || pageSize < 1 || pageSize > MAX_PAGE_SIZE) {
        throw new IllegalArgumentException("no such page: " + page + " of " + pageSize);
      }
    }
  }
}
