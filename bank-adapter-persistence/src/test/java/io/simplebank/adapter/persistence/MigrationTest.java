package io.simplebank.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.Spending;
import io.simplebank.domain.session.RefreshToken;
import io.simplebank.domain.session.Session;
import io.simplebank.domain.user.Secret;
import io.simplebank.domain.user.Username;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** What is there already is still there after a migration. */
class MigrationTest {
  @Test
  void counts_what_has_left_accounts_since_the_day_and_the_month_began() throws SQLException {
    String database = migratedTo("4");
    execute(
        database,
        """
        INSERT INTO users VALUES
          ('ada', 'depositor', 'A', 'ada@example.com', false, 'x', now(), now()),
          ('bob', 'depositor', 'B', 'bob@example.com', false, 'x', now(), now());
        INSERT INTO accounts (owner, currency, balance, pending_debits, overdraft_limit, status,
            created_at, last_posted_at)
          SELECT owner, 'EUR', 0, 0, 0, 'open', now(), now()
          FROM unnest(ARRAY[NULL, 'ada', 'bob']) AS owner;
        INSERT INTO transfers (id, from_account_id, to_account_id, amount, created_at,
            reverses_transfer_id)
          SELECT id, (SELECT accounts.id FROM accounts WHERE owner IS NOT DISTINCT FROM payer),
            (SELECT accounts.id FROM accounts WHERE owner = recipient), amount, at, original
          FROM (VALUES
            (1, 'ada', 'bob', 1, date_trunc('month', now(), 'UTC') - interval '1 microsecond', NULL),
            (2, 'ada', 'bob', 20, date_trunc('month', now(), 'UTC'), NULL),
            (3, 'ada', 'bob', 300, date_trunc('day', now(), 'UTC'), NULL),
            (4, 'ada', 'bob', 4000, now(), NULL),
            (5, 'bob', 'ada', 300, now(), 3),
            (6, NULL, 'ada', 50000, now(), NULL)
          ) AS old (id, payer, recipient, amount, at, original)
        """);

    PostgresStores stores = PostgresStores.onDatabase(database);

    Spending adas = spending(stores, "ada");
    assertThat(adas.day()).isEqualTo(LocalDate.now(Clock.systemUTC()));
    // On the first of a month, that day's began with the month.
    assertThat(adas.thatDay().minorUnits())
        .isEqualTo(adas.day().getDayOfMonth() == 1 ? 4320 : 4300);
    assertThat(adas.thatMonth().minorUnits()).isEqualTo(4320);
    assertThat(spending(stores, "bob").thatMonth().isZero()).isTrue();
    AccountId settlement =
        stores.accounts().findSettlementAccount(Currency.getInstance("EUR")).orElseThrow();
    assertThat(stores.accounts().find(settlement).orElseThrow().spending().thatMonth().isZero())
        .isTrue();
  }

  private static Spending spending(PostgresStores stores, String owner) {
    return stores
        .accounts()
        .list(new Username(owner), 0, 1, Instant.now(Clock.systemUTC()))
        .getFirst()
        .spending();
  }

  @Test
  void logs_nobody_out_when_refresh_tokens_move_to_a_table_of_their_own() throws SQLException {
    String database = migratedTo("1");
    UUID id = UUID.randomUUID();
    Secret secret = new Secret("given out before the migration");
    execute(
        database,
        "INSERT INTO users VALUES ('ada', 'depositor', 'A', 'ada@example.com', false, 'x', now(),"
            + " now())");
    execute(
        database,
        "INSERT INTO sessions VALUES ('%s', 'ada', '%s', 'phone', '10.0.0.1', '%s', '%s')"
            .formatted(id, secret.hash().hex(), "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"));

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

  private static String migratedTo(String version) {
    String database = TestDatabase.createDatabase();
    Flyway.configure()
        .dataSource(database, TestDatabase.username(), TestDatabase.password())
        .target(version)
        .load()
        .migrate();
    return database;
  }

  private static void execute(String database, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                database, TestDatabase.username(), TestDatabase.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
