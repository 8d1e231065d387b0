package io.simplebank.adapter.persistence.account;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.Owner;
import io.simplebank.domain.port.out.AccountRepository;
import io.simplebank.domain.user.Username;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

@Singleton
final class PostgresAccountRepository implements AccountRepository {
  private final AccountRows rows;

  PostgresAccountRepository(AccountRows rows) {
    this.rows = rows;
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
        ? rows.findByOwnerAndCurrency(ownerName, currencyCode).map(AccountRow::toAccount)
        : Optional.empty();
  }

  @Override
  public Optional<Account> find(AccountId id) {
    return rows.findById(id.value()).map(AccountRow::toAccount);
  }

  @Override
  public Optional<AccountId> findSettlementAccount(Currency currency) {
    return rows.findByOwnerAndCurrency(null, currency.getCurrencyCode())
        .map(row -> new AccountId(row.id()));
  }

  @Override
  public List<Account> list(Username owner, long offset, int limit) {
    return rows.list(owner.value(), offset, limit).stream().map(AccountRow::toAccount).toList();
  }
}
