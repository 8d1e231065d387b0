package io.simplebank.domain.audit;

import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something about the ledger that is not as it has to be. Numbers are plain, because what stands in
 * the tables may be none that the bank has given.
 */
public sealed interface Finding {
  /** What is wrong, for a person to read. */
  String detail();

  /** The account that this is about, if it is about one. */
  default @Nullable Long account() {
    return null;
  }

  /** The transfer that this is about, if it is about one. */
  default @Nullable Long transfer() {
    return null;
  }

  /** The entry that this is about, if it is about one. */
  default @Nullable Long entry() {
    return null;
  }

  /** The batch that this is about, if it is about one. */
  default @Nullable Long batch() {
    return null;
  }

  /** What sort of finding this is, as a stable word in lower case. */
  default String code() {
    return getClass().getSimpleName().replaceAll("(?<=.)(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }

  /** All balances of a currency do not sum to zero. */
  record UnbalancedCurrency(String currency, BigInteger sum) implements Finding {
    @Override
    public String detail() {
      return "all balances in " + currency + " sum to " + sum + " instead of 0";
    }
  }

  /** A balance is not the sum of the account's entries. */
  record WrongBalance(Long account, BigInteger balance, BigInteger entries) implements Finding {
    @Override
    public String detail() {
      return "the balance of account %d is %d, but its entries sum to %d"
          .formatted(account, balance, entries);
    }
  }

  /** There are entries of an account that is not there. */
  record MissingAccount(Long account) implements Finding {
    @Override
    public String detail() {
      return "account " + account + " is missing, but has entries";
    }
  }

  /** An entry does not go on from the balance that the one before it left behind. */
  record BrokenBalances(Long account, Long entry) implements Finding {
    @Override
    public String detail() {
      return "entry %d does not go on from the balance before it on account %d"
          .formatted(entry, account);
    }
  }

  /** What is set aside on an account is not the sum of its pending transfers. */
  record WrongPendingDebits(Long account, BigInteger pendingDebits, BigInteger transfers)
      implements Finding {
    @Override
    public String detail() {
      return "on account %d, %d are set aside, but its pending transfers sum to %d"
          .formatted(account, pendingDebits, transfers);
    }
  }

  /**
   * The list of what is set aside, by which it is released in time, does not say of a transfer what
   * the transfer does: it is not there although that is pending, or is there although it is not, or
   * names another payer, amount or time.
   */
  record WrongHold(Long transfer) implements Finding {
    @Override
    public String detail() {
      return "what is listed as set aside for transfer %d is not what is pending"
          .formatted(transfer);
    }
  }

  /**
   * A pending transfer that is to have been posted was not settled by one transfer between its
   * accounts and of its amount at the most, or one that is not was settled.
   */
  record WrongSettlement(Long transfer) implements Finding {
    @Override
    public String detail() {
      return "what settles pending transfer %d does not fit to it, or to what became of it"
          .formatted(transfer);
    }
  }

  /** The entries of a transfer do not sum to zero. */
  record UnbalancedTransfer(Long transfer, BigInteger sum) implements Finding {
    @Override
    public String detail() {
      return "the entries of transfer " + transfer + " sum to " + sum + " instead of 0";
    }
  }

  /** A transfer was slipped in: no batch vouches for it. */
  record UnsealedTransfer(Long transfer) implements Finding {
    @Override
    public String detail() {
      return "transfer " + transfer + " was not written by the bank: it is in no batch";
    }
  }

  /** An entry was slipped in: no batch vouches for it. */
  record UnsealedEntry(Long entry) implements Finding {
    @Override
    public String detail() {
      return "entry " + entry + " was not written by the bank: it is in no batch";
    }
  }

  /** What became of a pending transfer was slipped in: no batch vouches for it. */
  record UnsealedResolution(Long transfer) implements Finding {
    @Override
    public String detail() {
      return "what became of pending transfer %d was not written by the bank: it is in no batch"
          .formatted(transfer);
    }
  }

  /** A transfer, or who ordered it, is not as it was posted. */
  record ChangedTransfer(Long batch, Long transfer) implements Finding {
    @Override
    public String detail() {
      return "transfer %d of batch %d, or who ordered it, is not as it was written"
          .formatted(transfer, batch);
    }
  }

  /** An entry is not as it was posted. */
  record ChangedEntry(Long batch, Long entry) implements Finding {
    @Override
    public String detail() {
      return "entry %d of batch %d is not as it was written".formatted(entry, batch);
    }
  }

  /** What became of a pending transfer, or who released it, is not as it was written. */
  record ChangedResolution(Long batch, Long transfer) implements Finding {
    @Override
    public String detail() {
      return ("what became of pending transfer %d in batch %d, or who released it, is not as it was"
              + " written")
          .formatted(transfer, batch);
    }
  }

  /** A transfer is gone. */
  record MissingTransfer(Long batch, Long transfer) implements Finding {
    @Override
    public String detail() {
      return "transfer %d of batch %d is missing".formatted(transfer, batch);
    }
  }

  /** An entry is gone. */
  record MissingEntry(Long batch, Long entry) implements Finding {
    @Override
    public String detail() {
      return "entry %d of batch %d is missing".formatted(entry, batch);
    }
  }

  /** What became of a pending transfer is gone. */
  record MissingResolution(Long batch, Long transfer) implements Finding {
    @Override
    public String detail() {
      return "what became of pending transfer %d in batch %d is missing".formatted(transfer, batch);
    }
  }

  /** A batch has another hash than what it says and the batch before it give. */
  record BrokenChain(Long batch) implements Finding {
    @Override
    public String detail() {
      return batch == 0
          ? "batch 0 is not as it was written"
          : "batch %d does not follow from batch %d: one of them is not as it was written"
              .formatted(batch, batch - 1);
    }
  }

  /**
   * Batches are gone.
   *
   * @param batch the first of them
   * @param last the last of them
   */
  record MissingBatches(Long batch, long last) implements Finding {
    @Override
    public String detail() {
      return batch == last
          ? "batch " + batch + " is missing"
          : "batches " + batch + " to " + last + " are missing";
    }
  }

  /** A batch that was noted down earlier is not in the chain, or with another hash. */
  record UnknownHead(Long batch, Digest hash) implements Finding {
    @Override
    public String detail() {
      return "batch " + batch + " does not have the hash that was noted down, " + hash.hex();
    }
  }
}
