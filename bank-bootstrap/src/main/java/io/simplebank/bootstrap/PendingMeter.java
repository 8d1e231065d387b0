package io.simplebank.bootstrap;

import io.micronaut.context.annotation.Requires;
import io.micronaut.scheduling.annotation.Scheduled;
import io.simplebank.adapter.web.BankMeters;
import io.simplebank.domain.money.OfferedCurrencies;
import io.simplebank.domain.port.out.TransferRepository;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;

/** Looks now and then how much is pending: not at every scrape, as that asks the database. */
@Singleton
@Requires(missingProperty = Rounds.OFF)
final class PendingMeter {
  private final TransferRepository transfers;
  private final OfferedCurrencies currencies;
  private final BankMeters meters;

  PendingMeter(TransferRepository transfers, OfferedCurrencies currencies, BankMeters meters) {
    this.transfers = transfers;
    this.currencies = currencies;
    this.meters = meters;
  }

  /** A failure is logged by the scheduler, and the next look is in a minute. */
  @Scheduled(fixedDelay = "1m")
  void look() {
    Map<Currency, BigInteger> amounts = new HashMap<>();
    for (Currency currency : currencies.currencies()) {
      amounts.put(currency, transfers.sumPending(currency));
    }
    meters.pending(amounts);
  }
}
