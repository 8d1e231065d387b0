package io.simplebank.domain.port.out;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.transfer.Entry;
import io.simplebank.domain.transfer.EntryId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The store of entries, for reading. */
public interface EntryRepository {
  /**
   * Entries of an account, newest first.
   *
   * @param limit how many at most
   * @param before only entries with a smaller number, when given
   * @param from only entries of this time or later, when given
   * @param to only entries before this time, when given
   */
  List<Entry> list(
      AccountId account,
      int limit,
      @Nullable EntryId before,
      @Nullable Instant from,
      @Nullable Instant to);

  /**
   * The balance of an account after its latest entry of that moment or earlier; zero when there is
   * none.
   */
  Money balance(Account account, Instant at);
}
