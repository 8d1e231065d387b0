package io.simplebank.domain.money;

import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The currencies in which the bank keeps accounts.
 *
 * @param currencies at least one
 */
public record OfferedCurrencies(Set<Currency> currencies) {
  /**
   * @throws IllegalArgumentException when there is none, or one is no money
   */
  public OfferedCurrencies {
    currencies = Set.copyOf(currencies);
    if (currencies.isEmpty()) {
      throw new IllegalArgumentException("a bank offers at least one currency");
    }
    currencies.forEach(Money::zero);
  }

  /**
   * The currencies of those ISO 4217 codes.
   *
   * @throws IllegalArgumentException naming the first code that is not one
   */
  public static OfferedCurrencies ofCodes(List<String> codes) {
    Set<Currency> currencies = new LinkedHashSet<>();
    for (String code : codes) {
      try {
        currencies.add(Currency.getInstance(code));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("not an ISO 4217 currency: " + code, e);
      }
    }
    return new OfferedCurrencies(currencies);
  }

  /** Whether that is the code of an offered currency, in upper case as ISO 4217 writes it. */
  public boolean offers(String code) {
    return currencies.stream().anyMatch(currency -> currency.getCurrencyCode().equals(code));
  }

  /** The codes in alphabetical order. */
  public List<String> codes() {
    return currencies.stream()
        .map(Currency::getCurrencyCode)
        .sorted()
        .collect(Collectors.toUnmodifiableList());
  }
}
