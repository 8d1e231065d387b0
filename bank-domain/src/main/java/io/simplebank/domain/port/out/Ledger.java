package io.simplebank.domain.port.out;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.idempotency.BatchKey;
import io.simplebank.domain.idempotency.RememberedAnswer;
import io.simplebank.domain.idempotency.ScopedKey;
import io.simplebank.domain.transfer.LedgerBatch;
import io.simplebank.domain.transfer.Numbering;
import io.simplebank.domain.transfer.Transfer;
import io.simplebank.domain.transfer.TransferId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Where transfers are written, and with them the answers to those who ordered them. Every call
 * belongs into one {@linkplain Transactions#inRepeatableTransaction transaction} that locks first;
 * none costs more round trips for many accounts or transfers than for one.
 */
public interface Ledger {
  /**
   * Locks those of the accounts that exist, in the order of their numbers so that two callers can
   * never wait for each other, and reads them as they stand under the lock. The locks last until
   * the transaction ends.
   */
  List<Account> lock(Collection<AccountId> ids);

  /**
   * Reads what is known of a batch before it is decided, and sets numbers aside for it. To be
   * called under the locks: it is what makes the entries of an account rise in number, what makes a
   * request see the answer to its first arrival, and what names an earlier transfer see all that
   * has become of that.
   *
   * @param batch the key under which all will be written
   */
  Opening open(BatchKey batch, Inquiry inquiry);

  /**
   * Writes a batch: its transfers, their entries, what became of pending ones, the new balances and
   * the answers to be remembered; and seals it as the next {@linkplain
   * io.simplebank.domain.audit.SealedBatch link} of the chain of all batches. Whoever writes makes
   * all others wait until the transaction ends, so nothing may come after it.
   *
   * @param batch the key that it was opened with
   * @param answers answers under keys of which {@link #open} knew none. Where another transaction
   *     has written one since, the whole transaction is {@linkplain
   *     Transactions#inRepeatableTransaction run again}
   * @throws IllegalStateException when the store did not take all of it
   */
  void write(BatchKey batch, LedgerBatch postings, Collection<RememberedAnswer> answers);

  /**
   * What has to be known of a batch before it is decided.
   *
   * @param transfers how many transfers it may post; it may write twice as many entries
   * @param keys the clients' keys for its requests
   * @param originals the earlier transfers that it may reverse, settle or release
   * @param payers the locked accounts on which something is set aside
   * @param time what was set aside until then or earlier is to be released
   */
  record Inquiry(
      int transfers,
      List<ScopedKey> keys,
      List<TransferId> originals,
      List<AccountId> payers,
      Instant time) {
    /** Copies the lists. */
    public Inquiry {
      keys = List.copyOf(keys);
      originals = List.copyOf(originals);
      payers = List.copyOf(payers);
    }

    /** For a batch on accounts where nothing is set aside. */
    public Inquiry(int transfers, List<ScopedKey> keys, List<TransferId> originals) {
      this(transfers, keys, originals, List.of(), Instant.EPOCH);
    }

    /** The same over those accounts, at the {@linkplain LedgerBatch#timeOf time of the batch}. */
    public Inquiry over(Collection<Account> locked, Instant at) {
      List<AccountId> withSomethingSetAside =
          locked.stream()
              .filter(account -> account.pendingDebits().isPositive())
              .map(Account::id)
              .toList();
      return new Inquiry(transfers, keys, originals, withSomethingSetAside, at);
    }

    /** For a batch of that many transfers, without keys, that names no earlier ones. */
    public static Inquiry of(int transfers) {
      return new Inquiry(transfers, List.of(), List.of());
    }
  }

  /**
   * What is known of a batch before it is decided.
   *
   * @param numbering numbers for what it may post
   * @param written whether it has been written already, by a transaction whose end was not heard of
   * @param remembered the answers that are known under its keys
   * @param reversed how many minor units of its originals have been reversed, where it is any
   * @param pendings those of its originals that were made pending, and all transfers that are still
   *     pending although their time has come; each once
   */
  record Opening(
      Numbering numbering,
      boolean written,
      Map<ScopedKey, RememberedAnswer> remembered,
      Map<TransferId, Long> reversed,
      List<Transfer> pendings) {
    /** Copies the maps and the list. */
    public Opening {
      remembered = Map.copyOf(remembered);
      reversed = Map.copyOf(reversed);
      pendings = List.copyOf(pendings);
    }
  }
}
