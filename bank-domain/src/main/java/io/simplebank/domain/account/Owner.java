package io.simplebank.domain.account;

import io.simplebank.domain.user.Username;
import java.util.Objects;

/** Whose an account is. */
public sealed interface Owner {
  /**
   * A user of the bank.
   *
   * @param username who
   */
  record Customer(Username username) implements Owner {
    /** Needs a user. */
    public Customer {
      Objects.requireNonNull(username, "username");
    }
  }

  /**
   * The bank itself: a settlement account, one for each currency, through which money enters and
   * leaves the ledger. It alone may stand below zero.
   */
  record Bank() implements Owner {}

  /** The account's owner when that is a user. */
  static Owner customer(Username username) {
    return new Customer(username);
  }

  /** The owner of every settlement account. */
  static Owner bank() {
    return new Bank();
  }
}
