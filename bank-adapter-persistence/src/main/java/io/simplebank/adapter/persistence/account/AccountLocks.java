package io.simplebank.adapter.persistence.account;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What anybody needs of accounts before they may change them. */
@Singleton
public final class AccountLocks {
  /**
   * NO KEY, because no key changes: foreign-key checks of other transactions need not wait. Given
   * to the driver as it is: Micronaut Data would take the word UPDATE for an update.
   */
  public static final String LOCK =
      "SELECT "
          + AccountRow.COLUMNS
          + "FROM accounts WHERE id = ANY (?) ORDER BY id FOR NO KEY UPDATE";

  private final JdbcOperations jdbc;

  AccountLocks(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Locks those of the accounts that exist until the transaction ends, in the order of numbers.
   * {@link #LOCK} does the same together with other statements.
   */
  List<Account> lock(Collection<AccountId> ids) {
    Object[] numbers = ids.stream().map(AccountId::value).toArray();
    return jdbc.prepareStatement(
        LOCK,
        statement -> {
          statement.setArray(1, statement.getConnection().createArrayOf("bigint", numbers));
          try (ResultSet rows = statement.executeQuery()) {
            return locked(rows);
          }
        });
  }

  /** What {@link #LOCK} has locked. */
  public static List<Account> locked(ResultSet rows) throws SQLException {
    List<Account> accounts = new ArrayList<>();
    while (rows.next()) {
      accounts.add(AccountRow.read(rows).toAccount());
    }
    return accounts;
  }
}
