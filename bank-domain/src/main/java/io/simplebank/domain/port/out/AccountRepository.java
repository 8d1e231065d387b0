package io.simplebank.domain.port.out;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.Owner;
import io.simplebank.domain.user.Username;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The store of accounts, apart from what transfers do to them: that is the {@link Ledger}'s. */
public interface AccountRepository {
  /**
   * Opens an account with nothing on it.
   *
   * @param owner an existing user, or the bank
   * @return the account; empty when the owner has one in that currency already that is not closed
   */
  Optional<Account> open(Owner owner, Currency currency, Instant at);

  /** The account of that number, as last committed. */
  Optional<Account> find(AccountId id);

  /**
   * The account of that number, locked until the surrounding transaction ends: no transfer goes on
   * meanwhile that touches it.
   */
  Optional<Account> lock(AccountId id);

  /**
   * Writes what is decided about an account without a transfer: its status, its overdraft limit and
   * its other limits. To be called under its lock.
   *
   * @throws IllegalStateException when there is no such account
   */
  void update(Account account);

  /**
   * The account of that number as it is to be shown at that time: as last committed, and with what
   * was set aside until then or earlier released; also within a transaction, of which this is no
   * part. Whoever goes on with it must not make the thread wait that brings it, which has others to
   * serve.
   */
  CompletionStage<Optional<Account>> find(AccountId id, Instant at);

  /** The bank's own account in that currency. */
  Optional<AccountId> findSettlementAccount(Currency currency);

  /**
   * A user's accounts by number, as they are to be shown at that time.
   *
   * @param offset how many to pass over
   * @param limit how many to return at most
   */
  List<Account> list(Username owner, long offset, int limit, Instant at);
}
