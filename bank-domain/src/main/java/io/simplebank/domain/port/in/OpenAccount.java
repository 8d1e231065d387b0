package io.simplebank.domain.port.in;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.user.Caller;
import java.util.Currency;

/** A user opens an account: one for each currency. */
public interface OpenAccount {
  /** Opens an account for the caller, or says what stands in the way. */
  Outcome open(Command command);

  /**
   * @param caller whose account it is to be
   * @param currency what it is kept in
   */
  record Command(Caller caller, Currency currency) {}

  /** What becomes of it. */
  sealed interface Outcome {
    /**
     * @param account the new account, with nothing on it
     */
    record Opened(Account account) implements Outcome {}

    /**
     * The caller has an account in that currency already.
     *
     * @param currency the currency
     */
    record AlreadyOpen(Currency currency) implements Outcome {}

    /**
     * The bank keeps no accounts in that currency.
     *
     * @param currency the currency
     */
    record CurrencyNotOffered(Currency currency) implements Outcome {}
  }
}
