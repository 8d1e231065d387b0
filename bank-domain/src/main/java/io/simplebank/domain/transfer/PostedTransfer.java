package io.simplebank.domain.transfer;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import java.util.Objects;

/**
 * A transfer with everything that came of it.
 *
 * @param transfer the transfer
 * @param debit the entry on the account that paid
 * @param credit the entry on the account that received
 * @param from the account that paid, as it stood right after
 * @param to the account that received, as it stood right after
 */
public record PostedTransfer(
    Transfer transfer, Entry debit, Entry credit, Account from, Account to) {
  /**
   * @throws IllegalArgumentException when the entries do not sum to zero or belong elsewhere
   */
  public PostedTransfer {
    Objects.requireNonNull(transfer, "transfer");
    if (!debit.amount().equals(transfer.amount().negated())
        || !credit.amount().equals(transfer.amount())) {
      throw new IllegalArgumentException("the entries of a transfer are its amount, down and up");
    }
    if (!debit.transfer().equals(transfer.id()) || !credit.transfer().equals(transfer.id())) {
      throw new IllegalArgumentException("an entry belongs to the transfer that it is a side of");
    }
    requireSide(debit, from, transfer.from());
    requireSide(credit, to, transfer.to());
  }

  private static void requireSide(Entry entry, Account account, AccountId id) {
    if (!entry.account().equals(id)
        || !account.id().equals(id)
        || !entry.balanceAfter().equals(account.balance())) {
      throw new IllegalArgumentException("an entry belongs to the account that it changes");
    }
  }
}
