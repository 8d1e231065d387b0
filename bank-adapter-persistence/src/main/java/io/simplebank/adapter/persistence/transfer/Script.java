package io.simplebank.adapter.persistence.transfer;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.simplebank.adapter.persistence.Columns;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Commands that are sent together, in one round trip. Each sees what was committed before it began,
 * and what those before it have done.
 */
final class Script {
  private final StringJoiner sql = new StringJoiner(";\n");
  private final List<Parameters> parameters = new ArrayList<>();
  private final List<Result> results = new ArrayList<>();

  /** Sets the parameters of a command, in their order. */
  interface Parameters {
    void set(Columns columns) throws SQLException;
  }

  /** Takes what a command came to, where the statement stands. */
  interface Result {
    void take(PreparedStatement statement) throws SQLException;
  }

  /**
   * Reads the rows of a query.
   *
   * @param <T> what they come to
   */
  interface Reader<T> {
    T read(ResultSet rows) throws SQLException;
  }

  /** A command whose result counts for nothing. */
  void run(String command) {
    add(command, columns -> {}, statement -> {});
  }

  /** A query; what it came to is there when the script has been sent. */
  <T> Supplier<T> query(String command, Parameters values, Reader<T> reader) {
    AtomicReference<@Nullable T> read = new AtomicReference<>();
    add(
        command,
        values,
        statement -> {
          try (ResultSet rows = statement.getResultSet()) {
            read.set(reader.read(rows));
          }
        });
    return () -> Objects.requireNonNull(read.get(), "not sent yet");
  }

  void add(String command, Parameters values, Result result) {
    sql.add(command);
    parameters.add(values);
    results.add(result);
  }

  void send(JdbcOperations jdbc) {
    jdbc.prepareStatement(
        sql.toString(),
        statement -> {
          Columns columns = new Columns(statement);
          for (Parameters values : parameters) {
            values.set(columns);
          }
          statement.execute();
          for (Result result : results) {
            result.take(statement);
            statement.getMoreResults();
          }
          return results.size();
        });
  }
}
