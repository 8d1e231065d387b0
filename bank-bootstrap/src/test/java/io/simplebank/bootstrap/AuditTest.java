package io.simplebank.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.adapter.persistence.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** A whole bank whose ledger somebody has changed: the audit over HTTP names what. */
class AuditTest {
  private final String database = TestDatabase.createDatabase();

  @Test
  void names_an_old_entry_that_was_changed_and_who_ordered_what() throws SQLException {
    try (Bank bank = ServerBank.startOn(database)) {
      Client banker =
          Client.loggedIn(bank.address(), ServerBank.BANKER, ServerBank.BANKERS_PASSWORD);
      Client alice = Client.registered(bank.address(), "alice");
      Client bob = Client.registered(bank.address(), "bob");
      long alices = alice.openAccount("USD");
      long bobs = bob.openAccount("USD");
      banker.deposit(alices, 1000, "USD").expect(201);
      String order =
          "{\"from_account_id\": %d, \"to_account_id\": %d, \"amount\": 5, \"currency\": \"USD\"}"
              .formatted(alices, bobs);
      Client.Answer sent = alice.post("key-1", "/transfers", order).expect(201);
      alice.transfer(alices, bobs, 10).expect(201);

      alice.get("/ledger/audit").expect(403, "forbidden");
      Client.Answer clean = banker.get("/ledger/audit").expect(200);
      assertThat(clean.find("consistent").orElseThrow().getBooleanValue()).isTrue();
      assertThat(clean.number("head.batch")).isEqualTo(3);
      assertThat(clean.number("currencies.2.transfers")).isEqualTo(3);
      assertThat(clean.number("currencies.2.customers")).isEqualTo(1000);
      assertThat(
              text(
                  "SELECT concat_ws(' ', ordered_by, client_address, idempotency_key,"
                      + " session_id IS NOT NULL, request_id <> '') FROM transfers WHERE id = "
                      + sent.number("transfer.id")))
          .isEqualTo(alice.username() + " 127.0.0.1 key-1 t t");

      long entry = sent.number("to_entry.id");
      text(
          "SET session_replication_role = replica;"
              + " UPDATE entries SET amount = 6 WHERE id = %d RETURNING id".formatted(entry));

      Client.Answer changed = banker.get("/ledger/audit").expect(200);
      assertThat(changed.find("consistent").orElseThrow().getBooleanValue()).isFalse();
      assertThat(changed.number("finding_counts.changed_entry")).isEqualTo(1);
      assertThat(changed.toString()).contains("entry " + entry + " of batch 2 is not as it was");
    }
  }

  private String text(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                database, TestDatabase.username(), TestDatabase.password());
        Statement statement = connection.createStatement()) {
      boolean rows = statement.execute(sql);
      if (!rows) {
        assertThat(statement.getMoreResults()).isTrue();
      }
      try (ResultSet row = statement.getResultSet()) {
        assertThat(row.next()).isTrue();
        return row.getString(1);
      }
    }
  }
}
