package io.simplebank.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.domain.session.RefreshToken;
import io.simplebank.domain.session.Session;
import io.simplebank.domain.user.Secret;
import io.simplebank.domain.user.Username;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** What is there already is still there after a migration. */
class MigrationTest {
  @Test
  void logs_nobody_out_when_refresh_tokens_move_to_a_table_of_their_own() throws SQLException {
    String database = TestDatabase.createDatabase();
    Flyway.configure()
        .dataSource(database, TestDatabase.username(), TestDatabase.password())
        .target("1")
        .load()
        .migrate();
    UUID id = UUID.randomUUID();
    Secret secret = new Secret("given out before the migration");
    try (Connection connection =
            DriverManager.getConnection(
                database, TestDatabase.username(), TestDatabase.password());
        Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO users VALUES ('ada', 'depositor', 'A', 'ada@example.com', false, 'x', now(),"
              + " now())");
      statement.execute(
          "INSERT INTO sessions VALUES ('%s', 'ada', '%s', 'phone', '10.0.0.1', '%s', '%s')"
              .formatted(id, secret.hash().hex(), "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"));
    }

    PostgresStores stores = PostgresStores.onDatabase(database);

    assertThat(stores.sessions().find(secret.hash()))
        .contains(new RefreshToken(secret.hash(), id, 0));
    assertThat(stores.sessions().find(id))
        .contains(
            Session.begun(
                id,
                new Username("ada"),
                "phone",
                "10.0.0.1",
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2026-01-02T00:00:00Z")));
  }
}
