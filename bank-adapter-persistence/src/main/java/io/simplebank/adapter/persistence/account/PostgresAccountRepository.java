package io.simplebank.adapter.persistence.account;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.Owner;
import io.simplebank.domain.port.out.AccountRepository;
import io.simplebank.domain.user.Username;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

@Singleton
final class PostgresAccountRepository implements AccountRepository {
  private static final String OPEN =
      """
      INSERT INTO accounts (owner, currency, balance, pending_debits, overdraft_limit, status,
        created_at, last_posted_at)
      VALUES (?, ?, 0, 0, 0, 'open', ?, ?)
      ON CONFLICT ON CONSTRAINT accounts_one_per_owner_and_currency DO NOTHING
      RETURNING *
      """;

  private final AccountRows rows;
  private final JdbcOperations jdbc;

  PostgresAccountRepository(AccountRows rows, JdbcOperations jdbc) {
    this.rows = rows;
    this.jdbc = jdbc;
  }

  @Override
  public Optional<Account> open(Owner owner, Currency currency, Instant at) {
    String ownerName =
        switch (owner) {
          case Owner.Customer customer -> customer.username().value();
          case Owner.Bank() -> null;
        };
    OffsetDateTime time = OffsetDateTime.ofInstant(at, ZoneOffset.UTC);
    return jdbc.prepareStatement(
        OPEN,
        statement -> {
          statement.setString(1, ownerName);
          statement.setString(2, currency.getCurrencyCode());
          statement.setObject(3, time);
          statement.setObject(4, time);
          try (ResultSet row = statement.executeQuery();
              Stream<AccountRow> opened = jdbc.entityStream(row, AccountRow.class)) {
            return opened.map(AccountRow::toAccount).findFirst();
          }
        });
  }

  @Override
  public Optional<Account> find(AccountId id) {
    return rows.findById(id.value()).map(AccountRow::toAccount);
  }

  @Override
  public Optional<AccountId> findSettlementAccount(Currency currency) {
    return rows.findSettlementAccount(currency.getCurrencyCode()).map(AccountId::new);
  }

  @Override
  public List<Account> list(Username owner, long offset, int limit) {
    return rows.list(owner.value(), offset, limit).stream().map(AccountRow::toAccount).toList();
  }
}
