package io.simplebank.adapter.persistence.transfer;

import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.port.out.TransferRepository;
import io.simplebank.domain.transfer.Transfer;
import io.simplebank.domain.transfer.TransferId;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@Singleton
final class PostgresTransferRepository implements TransferRepository {
  private final TransferRows rows;

  PostgresTransferRepository(TransferRows rows) {
    this.rows = rows;
  }

  @Override
  public Optional<Transfer> find(TransferId id) {
    return rows.find(id.value()).map(TransferRow::toTransfer);
  }

  @Override
  public List<Transfer> list(AccountId account, int limit, @Nullable TransferId before) {
    long bound = before == null ? Long.MAX_VALUE : before.value();
    return rows.list(account.value(), limit, bound).stream().map(TransferRow::toTransfer).toList();
  }

  @Override
  public List<AccountId> findPayersOfExpired(Instant at, int limit) {
    // To the nearest microsecond, as the driver rounds, might be too soon.
    return rows.findPayersOfExpired(at.truncatedTo(ChronoUnit.MICROS), limit).stream()
        .map(AccountId::new)
        .toList();
  }

  @Override
  public BigInteger sumPending(Currency currency) {
    return rows.sumPending(currency.getCurrencyCode()).toBigIntegerExact();
  }
}
