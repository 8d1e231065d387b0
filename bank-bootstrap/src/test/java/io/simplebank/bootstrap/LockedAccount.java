package io.simplebank.bootstrap;

import io.simplebank.adapter.persistence.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;

/** An account, or its owner, that nobody else can change until this is closed. */
final class LockedAccount implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Connection connection;

  LockedAccount(String database, long account) throws SQLException {
    this(database, "SELECT 1 FROM accounts WHERE id = " + account + " FOR UPDATE");
  }

  /** Their row: nobody can open an account for them meanwhile. */
  static LockedAccount ownerOf(String database, long account) throws SQLException {
    return new LockedAccount(
        database,
        "SELECT 1 FROM users WHERE username = (SELECT owner FROM accounts WHERE id = "
            + account
            + ") FOR UPDATE");
  }

  /** All there are: nobody can even look at one meanwhile. */
  static LockedAccount all(String database) throws SQLException {
    return new LockedAccount(database, "LOCK TABLE accounts IN ACCESS EXCLUSIVE MODE");
  }

  private LockedAccount(String database, String lock) throws SQLException {
    connection =
        DriverManager.getConnection(database, TestDatabase.username(), TestDatabase.password());
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute(lock);
    }
  }

  /** Returns when that many transactions wait for it. */
  void awaitWaiting(int transactions) throws SQLException {
    Instant deadline = Instant.now().plus(PATIENCE);
    try (Statement statement = connection.createStatement()) {
      while (Instant.now().isBefore(deadline)) {
        try (ResultSet waiting =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                    + " AND datname = current_database()")) {
          waiting.next();
          if (waiting.getInt(1) >= transactions) {
            return;
          }
        }
      }
    }
    throw new AssertionError("nobody waits for the lock");
  }

  @Override
  public void close() throws SQLException {
    connection.rollback();
    connection.close();
  }
}
