package io.simplebank.domain.transfer;

import io.simplebank.domain.account.Account;
import java.util.Objects;

/**
 * Money that was set aside for a transfer, or released again, without any having moved.
 *
 * @param transfer the transfer, which was made pending
 * @param from the account that is to pay, as it stood right after
 * @param to the account that is to receive, as it stood right after
 */
public record Hold(Transfer transfer, Account from, Account to) {
  /**
   * @throws IllegalArgumentException when the transfer was not made pending, or is between other
   *     accounts
   */
  public Hold {
    Objects.requireNonNull(transfer, "transfer");
    if (!transfer.wasMadePending()) {
      throw new IllegalArgumentException("nothing is set aside for a transfer that is posted");
    }
    if (!from.id().equals(transfer.from()) || !to.id().equals(transfer.to())) {
      throw new IllegalArgumentException("a hold is between the accounts of its transfer");
    }
  }
}
