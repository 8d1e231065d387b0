package io.simplebank.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.adapter.persistence.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who did what, when and from where can be looked up afterwards. */
class AuditLogTest {
  @Test
  void keeps_logins_failures_roles_and_cash_with_who_and_from_where() throws SQLException {
    String database = TestDatabase.createDatabase();
    try (Bank bank = ServerBank.startOn(database)) {
      Client alice = Client.registered(bank.address(), "alice");
      String name = alice.username();
      long account = alice.openAccount("USD");
      Client.nobody(bank.address())
          .post(
              "/users/login",
              "{\"username\": \"%s\", \"password\": \"wrong horse\"}".formatted(name))
          .expect(401);
      Client banker =
          Client.loggedIn(bank.address(), ServerBank.BANKER, ServerBank.BANKERS_PASSWORD);
      long transfer = banker.deposit(account, 500, "USD").expect(201).number("transfer.id");
      banker.patch("/users/" + name, "{\"role\": \"banker\"}").expect(200);

      assertThat(lines(database))
          .contains(
              name + " registered " + name + " - 127.0.0.1",
              name + " logged_in " + name + " - 127.0.0.1",
              name + " password_wrong " + name + " - 127.0.0.1",
              "banker logged_in banker - 127.0.0.1",
              "banker deposited account " + account + " - transfer " + transfer + " 127.0.0.1",
              "banker role_changed " + name + " - depositor -> banker 127.0.0.1");
    }
  }

  @Test
  void keeps_what_bankers_do_with_money_once_and_what_recipients_give_back_not_at_all()
      throws SQLException {
    String database = TestDatabase.createDatabase();
    try (Bank bank = ServerBank.startOn(database)) {
      Client banker =
          Client.loggedIn(bank.address(), ServerBank.BANKER, ServerBank.BANKERS_PASSWORD);
      Client alice = Client.registered(bank.address(), "alice");
      Client bob = Client.registered(bank.address(), "bob");
      long alices = alice.openAccount("USD");
      long bobs = bob.openAccount("USD");
      String cash = "{\"amount\": 500, \"currency\": \"USD\"}";
      String deposits = "/accounts/" + alices + "/deposits";
      long deposit = banker.post("k", deposits, cash).expect(201).number("transfer.id");
      assertThat(banker.post("k", deposits, cash).expect(201).replayed()).isTrue();
      long sent = alice.transfer(alices, bobs, 100).expect(201).number("transfer.id");
      String reversals = "/transfers/" + sent + "/reversal";
      bob.post(reversals, "{\"amount\": 40}").expect(201);
      long reversal =
          banker.post("k", reversals, "{\"amount\": 60}").expect(201).number("transfer.id");
      assertThat(banker.post("k", reversals, "{\"amount\": 60}").expect(201).replayed()).isTrue();

      assertThat(lines(database).stream().filter(line -> line.contains("transfer ")))
          .containsExactly(
              "banker deposited account " + alices + " - transfer " + deposit + " 127.0.0.1",
              "banker reversed transfer " + sent + " - transfer " + reversal + " 127.0.0.1");
    }
  }

  private static List<String> lines(String database) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                database, TestDatabase.username(), TestDatabase.password());
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT concat_ws(' ', actor, action, subject, '-', nullif(detail, ''),"
                    + " client_address) FROM audit_log ORDER BY id")) {
      List<String> lines = new ArrayList<>();
      while (rows.next()) {
        lines.add(rows.getString(1));
      }
      return lines;
    }
  }
}
