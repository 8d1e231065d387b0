package io.simplebank.adapter.web.account;

import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.simplebank.domain.port.in.ViewBalance;
import java.time.Instant;

@Serdeable(naming = SnakeCaseStrategy.class)
record BalanceJson(long accountId, long balance, String currency, Instant at) {

  static BalanceJson of(ViewBalance.Balance balance) {
    return new BalanceJson(
        balance.account().value(),
        balance.amount().minorUnits(),
        balance.amount().currency().getCurrencyCode(),
        balance.at());
  }
}
