package io.simplebank.adapter.persistence.account;

import io.micronaut.context.annotation.Value;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.simplebank.adapter.persistence.Columns;
import io.simplebank.adapter.persistence.GroupedReads;
import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Accounts as they are to be shown: what is asked for more often than anything else. */
@Singleton
final class AccountViews {
  /** Few, so that they leave connections to others. */
  private static final int READERS = 2;

  private static final String SELECT =
      "SELECT "
          + AccountRow.COLUMNS_AS_ASKED
          + """
          , place
          FROM unnest(?, ?) WITH ORDINALITY AS asked (account, at, place)
          JOIN accounts ON id = account
          """;

  private final JdbcOperations jdbc;
  private final GroupedReads<View, Optional<Account>> reads;

  AccountViews(
      JdbcOperations jdbc,
      @Value("${datasources.default.connection-timeout:30000}") long patience) {
    this.jdbc = jdbc;
    this.reads =
        new GroupedReads<>("account-reader-", this::read, READERS, Duration.ofMillis(patience));
  }

  /** The account of that number as it is to be shown at that time. */
  CompletionStage<Optional<Account>> find(AccountId id, Instant at) {
    return reads.ask(new View(id, at));
  }

  private List<Optional<Account>> read(List<View> views) {
    return jdbc.execute(connection -> read(connection, views));
  }

  private static List<Optional<Account>> read(Connection connection, List<View> views)
      throws SQLException {
    List<Optional<Account>> found =
        new ArrayList<>(Collections.nCopies(views.size(), Optional.empty()));
    try (PreparedStatement statement = connection.prepareStatement(SELECT)) {
      Columns columns = new Columns(statement);
      columns.longs(views, view -> view.id().value());
      columns.times(views, View::at);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.set(rows.getInt(16) - 1, Optional.of(AccountRow.read(rows).toAccount()));
        }
      }
    }
    return found;
  }

  private record View(AccountId id, Instant at) {}
}
