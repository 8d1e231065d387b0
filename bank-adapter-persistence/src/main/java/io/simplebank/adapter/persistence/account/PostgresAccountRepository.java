package io.simplebank.adapter.persistence.account;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.simplebank.adapter.persistence.Columns;
import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.Limits;
import io.simplebank.domain.account.Owner;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.port.out.AccountRepository;
import io.simplebank.domain.user.Username;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

@Singleton
final class PostgresAccountRepository implements AccountRepository {
  private final AccountRows rows;
  private final AccountViews views;
  private final JdbcOperations jdbc;

  PostgresAccountRepository(AccountRows rows, AccountViews views, JdbcOperations jdbc) {
    this.rows = rows;
    this.views = views;
    this.jdbc = jdbc;
  }

  @Override
  public Optional<Account> open(Owner owner, Currency currency, Instant at) {
    String ownerName =
        switch (owner) {
          case Owner.Customer customer -> customer.username().value();
          case Owner.Bank() -> null;
        };
    String currencyCode = currency.getCurrencyCode();
    return rows.openUnlessThere(ownerName, currencyCode, at) == 1
        ? rows.findLatest(ownerName, currencyCode).map(AccountRow::toAccount)
        : Optional.empty();
  }

  @Override
  public Optional<Account> find(AccountId id) {
    return rows.findById(id.value()).map(AccountRow::toAccount);
  }

  @Override
  public Optional<Account> lock(AccountId id) {
    return jdbc.prepareStatement(
        AccountLocks.LOCK,
        statement -> {
          new Columns(statement).longs(List.of(id), AccountId::value);
          try (ResultSet rows = statement.executeQuery()) {
            return AccountLocks.locked(rows).stream().findFirst();
          }
        });
  }

  @Override
  public void update(Account account) {
    Limits limits = account.limits();
    int updated =
        rows.update(
            account.id().value(),
            account.status().name().toLowerCase(Locale.ROOT),
            account.overdraftLimit().minorUnits(),
            minorUnits(limits.perTransfer()),
            minorUnits(limits.perDay()),
            minorUnits(limits.perMonth()));
    if (updated != 1) {
      throw new IllegalStateException("there is no " + account.id());
    }
  }

  @Override
  public CompletionStage<Optional<Account>> find(AccountId id, Instant at) {
    return views.find(id, roundedDown(at));
  }

  @Override
  public Optional<AccountId> findSettlementAccount(Currency currency) {
    return rows.findLatest(null, currency.getCurrencyCode()).map(row -> new AccountId(row.id()));
  }

  @Override
  public List<Account> list(Username owner, long offset, int limit, Instant at) {
    return rows.list(owner.value(), offset, limit, roundedDown(at)).stream()
        .map(AccountRow::toAccount)
        .toList();
  }

  /** To the nearest microsecond, as the driver rounds, might be too soon for what expires then. */
  private static Instant roundedDown(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS);
  }

  private static @Nullable Long minorUnits(@Nullable Money amount) {
    return amount == null ? null : amount.minorUnits();
  }
}
