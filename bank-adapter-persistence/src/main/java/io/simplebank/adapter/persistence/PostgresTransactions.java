package io.simplebank.adapter.persistence;

import io.micronaut.transaction.TransactionOperations;
import io.simplebank.domain.port.out.Transactions;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.function.Supplier;

/** Transactions of the one PostgreSQL database. */
@Singleton
final class PostgresTransactions implements Transactions {
  private final TransactionOperations<Connection> operations;

  PostgresTransactions(TransactionOperations<Connection> operations) {
    this.operations = operations;
  }

  @Override
  public <T> T inTransaction(Supplier<T> work) {
    return operations.executeWrite(status -> work.get());
  }
}
