package io.simplebank.domain.port.in;

import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.User;
import java.util.List;
import java.util.Optional;

/** A banker looks at who has access to the bank. */
public interface ListUsers {
  /** The largest page. */
  int MAX_PAGE_SIZE = 100;

  /** One page of all users, by name; empty when the caller is no banker. */
  Optional<List<User>> list(Query query);

  /**
   * @param caller who asks
   * @param page which page, from 1
   * @param pageSize how many users a page has, 1 to {@value #MAX_PAGE_SIZE}
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
