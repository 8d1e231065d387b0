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
 * belongs into one {@linkplain Transactions#inRepeatableTransaction transaction} that opens first;
 * none costs more round trips for many accounts or transfers than for one.
 */
public interface Ledger {
  /**
   * Locks the accounts of a batch until the transaction ends, in the order of their numbers so that
   * two callers can never wait for each other. Under the locks it then reads what is known of the
   * batch, and sets numbers aside for it: that makes the entries of an account rise in number, a
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
   * @param accounts what its orders name: those that exist are locked
   * @param transfers how many transfers it may post; it may write twice as many entries
   * @param keys the clients' keys for its requests
   * @param originals the earlier transfers that it may reverse, settle or release
   * @param horizon what is set aside on its accounts until then or earlier has to be known; no
   *     earlier than the time of the batch
   */
  record Inquiry(
      List<AccountId> accounts,
      int transfers,
      List<ScopedKey> keys,
      List<TransferId> originals,
      Instant horizon) {
    /** Copies the lists. */
    public Inquiry {
      accounts = List.copyOf(accounts);
      keys = List.copyOf(keys);
      originals = List.copyOf(originals);
    }

    /** For that many transfers between those accounts, without keys, that name no earlier ones. */
    public static Inquiry of(int transfers, List<AccountId> accounts, Instant horizon) {
      return new Inquiry(accounts, transfers, List.of(), List.of(), horizon);
    }

    /** The same with another horizon. */
    public Inquiry upTo(Instant other) {
      return new Inquiry(accounts, transfers, keys, originals, other);
    }
  }

  /**
   * What is known of a batch before it is decided.
   *
   * @param accounts those of its accounts that exist, by number, as they stand under their locks
   * @param numbering numbers for what it may post
   * @param written whether it has been written already, by a transaction whose end was not heard of
   * @param remembered the answers that are known under its keys
   * @param reversed how many minor units of its originals have been reversed, where it is any
   * @param pendings those of its originals that were made pending, and all that is still set aside
   *     on its accounts until the horizon or earlier; each once
   */
  record Opening(
      List<Account> accounts,
      Numbering numbering,
      boolean written,
      Map<ScopedKey, RememberedAnswer> remembered,
      Map<TransferId, Long> reversed,
      List<Transfer> pendings) {
    /** Copies the maps and the lists. */
    public Opening {
      accounts = List.copyOf(accounts);
      remembered = Map.copyOf(remembered);
      reversed = Map.copyOf(reversed);
      pendings = List.copyOf(pendings);
    }

    /**
     * The batch, nothing of it decided yet.
     *
     * @param now the time, read under the locks, and no later than the horizon
     */
    public LedgerBatch batch(Instant now) {
      return new LedgerBatch(accounts, reversed, pendings, numbering, now);
    }
  }
}
