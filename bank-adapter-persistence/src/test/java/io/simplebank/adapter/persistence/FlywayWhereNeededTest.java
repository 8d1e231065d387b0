package io.simplebank.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import io.micronaut.flyway.FlywayConfigurationProperties;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlywayWhereNeededTest {
  @Test
  void spares_flyway_where_its_history_holds_exactly_the_migrations_that_are_here() {
    String database = migrated();

    assertThat(flywayRan(database)).isFalse();
  }

  @Test
  void leaves_new_databases_to_flyway() throws SQLException {
    String database = TestDatabase.createDatabase();

    assertThat(flywayRan(database)).isTrue();
    assertThat(isTable(database, "transfers")).isTrue();
  }

  @Test
  void leaves_what_is_configured_to_flyway() {
    String database = migrated();

    assertThat(flywayRan(database, "flyway.datasources.default.locations", "db/migration"))
        .isTrue();
  }

  @Test
  void leaves_databases_of_a_later_version_to_flyway() throws SQLException {
    String database = migrated();
    execute(
        database,
        """
        INSERT INTO flyway_schema_history
          SELECT installed_rank + 1, '9999', 'later', type, 'V9999__later.sql', 1, installed_by,
            now(), 1, true
          FROM flyway_schema_history ORDER BY installed_rank DESC LIMIT 1
        """);

    assertThat(flywayRan(database)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"checksum = checksum + 1", "description = 'x'", "success = false"})
  void lets_flyway_refuse_a_history_that_differs(String change) throws SQLException {
    String database = migrated();
    execute(database, "UPDATE flyway_schema_history SET " + change + " WHERE version = '2'");

    assertThatThrownBy(() -> flywayRan(database))
        .hasRootCauseInstanceOf(FlywayValidateException.class);
  }

  @Test
  void does_not_take_the_history_of_another_schema_for_that_of_its_own() throws SQLException {
    String database = migrated();
    execute(database, "CREATE SCHEMA own");
    String own = database + (database.contains("?") ? "&" : "?") + "currentSchema=own,public";

    assertThat(flywayRan(own)).isTrue();
    assertThat(isTable(database, "own.transfers")).isTrue();
  }

  private static boolean flywayRan(String database) {
    return flywayRan(database, "datasources.default.maximum-pool-size", "2");
  }

  private static boolean flywayRan(String database, String key, String value) {
    try (ApplicationContext context = PostgresStores.start(database, key, value)) {
      return context.getBean(FlywayConfigurationProperties.class).isEnabled();
    }
  }

  private static String migrated() {
    String database = TestDatabase.createDatabase();
    Flyway.configure()
        .dataSource(database, TestDatabase.username(), TestDatabase.password())
        .load()
        .migrate();
    return database;
  }

  private static void execute(String database, String sql) throws SQLException {
    try (Connection connection = connection(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static boolean isTable(String database, String name) throws SQLException {
    try (Connection connection = connection(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT to_regclass('" + name + "') IS NOT NULL")) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static Connection connection(String database) throws SQLException {
    return DriverManager.getConnection(database, TestDatabase.username(), TestDatabase.password());
  }
}
