package io.simplebank.adapter.persistence.account;

import io.simplebank.domain.account.Account;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What anybody needs of accounts before they may change them. */
public final class AccountLocks {
  /**
   * Locks those of the accounts that exist until the transaction ends, in the order of numbers.
   *
   * <p>NO KEY, because no key changes: foreign-key checks of other transactions need not wait.
   * Given to the driver as it is: Micronaut Data would take the word UPDATE for an update.
   */
  public static final String LOCK =
      "SELECT "
          + AccountRow.COLUMNS
          + "FROM accounts WHERE id = ANY (?) ORDER BY id FOR NO KEY UPDATE";

  private AccountLocks() {}

  /** What {@link #LOCK} has locked. */
  public static List<Account> locked(ResultSet rows) throws SQLException {
    List<Account> accounts = new ArrayList<>();
    while (rows.next()) {
      accounts.add(AccountRow.read(rows).toAccount());
    }
    return accounts;
  }
}
