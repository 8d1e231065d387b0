package io.simplebank.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.simplebank.adapter.web.BankMeters;
import io.simplebank.domain.money.OfferedCurrencies;
import io.simplebank.domain.port.out.TransferRepository;
import java.math.BigInteger;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingMeterTest {
  private final TransferRepository transfers = mock();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final PendingMeter meter =
      new PendingMeter(
          transfers, OfferedCurrencies.ofCodes(List.of("USD", "EUR")), new BankMeters(registry));

  @Test
  void tells_what_is_pending_in_each_currency_on_offer() {
    when(transfers.sumPending(Currency.getInstance("USD"))).thenReturn(BigInteger.valueOf(1500));
    when(transfers.sumPending(Currency.getInstance("EUR"))).thenReturn(BigInteger.ZERO);

    meter.look();

    assertThat(pending("USD")).isEqualTo(1500);
    assertThat(pending("EUR")).isZero();
  }

  private double pending(String currency) {
    return registry.get("bank_pending_minor_units").tag("currency", currency).gauge().value();
  }
}
