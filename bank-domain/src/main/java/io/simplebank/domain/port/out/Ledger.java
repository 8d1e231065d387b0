package io.simplebank.domain.port.out;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.transfer.LedgerBatch;
import io.simplebank.domain.transfer.Numbering;
import java.util.Collection;
import java.util.List;

/**
 * Where transfers are written. Every call belongs into one {@linkplain Transactions transaction}
 * that locks first; none costs more round trips for many accounts or transfers than for one.
 */
public interface Ledger {
  /**
   * Locks those of the accounts that exist, in the order of their numbers so that two callers can
   * never wait for each other, and reads them as they stand under the lock. The locks last until
   * the transaction ends.
   */
  List<Account> lock(Collection<AccountId> ids);

  /**
   * Sets numbers aside for that many transfers and twice as many entries. To be called under the
   * locks: it is what makes the entries of an account rise in number.
   */
  Numbering number(int transfers);

  /**
   * Writes a batch that has postings: its transfers, their entries and the new balances.
   *
   * @throws IllegalStateException when the store did not take all of it
   */
  void write(LedgerBatch batch);
}
