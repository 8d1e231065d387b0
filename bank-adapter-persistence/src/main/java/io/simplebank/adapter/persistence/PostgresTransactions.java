package io.simplebank.adapter.persistence;

import io.micronaut.transaction.TransactionOperations;
import io.simplebank.domain.port.out.Transactions;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Transactions of the one PostgreSQL database. */
@Singleton
final class PostgresTransactions implements Transactions {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresTransactions.class);

  /**
   * When a server goes down, connections of the pool fail one after the other. The pool waits for
   * new ones, so that there is no need to wait here.
   */
  private static final int MAX_RUNS = 5;

  private final TransactionOperations<Connection> operations;

  PostgresTransactions(TransactionOperations<Connection> operations) {
    this.operations = operations;
  }

  @Override
  public <T> T inTransaction(Supplier<T> work) {
    return operations.executeWrite(status -> work.get());
  }

  @Override
  public <T> T inRepeatableTransaction(Supplier<T> work) {
    if (operations.findTransactionStatus().isPresent()) {
      // A part of an outer transaction can only be run again with the whole of it.
      return inTransaction(work);
    }
    RuntimeException lostInCommit = null;
    for (int run = 1; ; run++) {
      Run<T> current = new Run<>(work);
      try {
        return inTransaction(current);
      } catch (RuntimeException e) {
        RuntimeException failure = current.failure().orElse(e);
        boolean again =
            current.isDone()
                || mayBeRunAgain(failure)
                || (lostInCommit != null && isRefused(failure));
        if (!again || run == MAX_RUNS) {
          // Not begun this time; but nobody may be told so, since it may have been done before.
          throw lostInCommit != null && isRefused(failure) ? lostInCommit : failure;
        }
        if (current.isDone()) {
          lostInCommit = failure;
        }
        LOG.warn("Run {} of a transaction failed, it is run again: {}", run, failure.getMessage());
      }
    }
  }

  private static boolean isRefused(RuntimeException failure) {
    return failure instanceof RejectedExecutionException;
  }

  /** Whether the failure is the connection's or another transaction's doing. */
  private static boolean mayBeRunAgain(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        String state = sql.getSQLState();
        return state == null // the pool's: the connection is closed
            || state.startsWith("08") // connection exception
            || state.startsWith("40") // transaction rollback: deadlock, serialization
            || state.startsWith("57P") // the server is going down or coming up
            || state.equals("0A000"); // a migration changed the type of a column
      }
    }
    return false;
  }

  /**
   * Work of which is known how it ended. What fails after it was done is the commit; and when it
   * fails itself, the framework's tidying up after it may fail as well and hide why.
   */
  private static final class Run<T> implements Supplier<T> {
    private final Supplier<T> work;
    private boolean done;
    private @Nullable RuntimeException failure;

    Run(Supplier<T> work) {
      this.work = work;
    }

    @Override
    public T get() {
      try {
        T result = work.get();
        done = true;
        return result;
      } catch (RuntimeException e) {
        failure = e;
        throw e;
      }
    }

    boolean isDone() {
      return done;
    }

    Optional<RuntimeException> failure() {
      return Optional.ofNullable(failure);
    }
  }
}
