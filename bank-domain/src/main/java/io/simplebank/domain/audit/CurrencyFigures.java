package io.simplebank.domain.audit;

import java.math.BigInteger;
import java.util.Objects;

/**
 * What the ledger holds in one currency. Amounts are minor units.
 *
 * @param currency the code of the currency
 * @param accounts how many accounts there are, the bank's own included
 * @param transfers how many transfers there are
 * @param entries how many entries there are
 * @param customers the sum of all balances of customers
 * @param settlement the balance of the bank's settlement account
 * @param pendingDebits the sum of all that is set aside
 */
public record CurrencyFigures(
    String currency,
    long accounts,
    long transfers,
    long entries,
    BigInteger customers,
    BigInteger settlement,
    BigInteger pendingDebits) {
  /** Needs all of it. */
  public CurrencyFigures {
    Objects.requireNonNull(currency, "currency");
    Objects.requireNonNull(customers, "customers");
    Objects.requireNonNull(settlement, "settlement");
    Objects.requireNonNull(pendingDebits, "pendingDebits");
  }

  /** The sum of all balances, which has to be zero. */
  public BigInteger sum() {
    return customers.add(settlement);
  }
}
