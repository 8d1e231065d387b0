package io.simplebank.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.adapter.persistence.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the Job runs before a rollout. */
class MigrateOnlyTest {
  private final String database = TestDatabase.createDatabase();

  @Test
  void migrates_and_ends_well_again_and_again_without_any_secret_but_the_databases()
      throws Exception {
    for (int run = 0; run < 2; run++) {
      try (ImageProcess migration = migrate(Map.of())) {
        assertThat(migration.exitStatus()).as(migration.output()).isZero();
        assertThat(migration.output())
            .contains("The tables of the database are up to date")
            .doesNotContain("The bank answers");
      }
    }
    try (Connection connection =
            DriverManager.getConnection(
                database, TestDatabase.username(), TestDatabase.password());
        Statement statement = connection.createStatement();
        ResultSet tables =
            statement.executeQuery(
                "SELECT to_regclass('accounts') IS NOT NULL, count(*) FROM accounts")) {
      assertThat(tables.next()).isTrue();
      assertThat(tables.getBoolean(1)).isTrue();
      assertThat(tables.getInt(2)).as("accounts are the bank's business").isZero();
    }
  }

  @Test
  void ends_badly_and_says_why_when_the_database_is_not_there() {
    assertFails(
        "The database is not migrated: ", "BANK_DATABASE_URL", "jdbc:postgresql://localhost:1/x");
  }

  @Test
  void ends_badly_and_says_why_when_no_database_is_named() {
    assertFails("BANK_DATABASE_URL is needed", "BANK_DATABASE_URL", "");
  }

  private void assertFails(String why, String variable, String value) {
    try (ImageProcess migration = migrate(Map.of(variable, value))) {
      assertThat(migration.exitStatus()).isEqualTo(1);
      assertThat(migration.output()).contains(why).doesNotContain("\tat ");
    }
  }

  private ImageProcess migrate(Map<String, String> otherwise) {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "BANK_DATABASE_URL", database,
                "BANK_DATABASE_USER", TestDatabase.username(),
                "BANK_DATABASE_PASSWORD", TestDatabase.password()));
    environment.putAll(otherwise);
    return ImageProcess.start(environment, "--migrate-only");
  }
}
