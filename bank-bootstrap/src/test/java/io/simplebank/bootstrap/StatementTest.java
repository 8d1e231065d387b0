package io.simplebank.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.adapter.persistence.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Statements, however long they are and however slowly they are read. */
class StatementTest {
  private static final int MANY = 1_000_000;
  private static final int SLOW_CLIENTS = 6;
  private static final String HEADER = "id,account_id,transfer_id,amount,balance_after,created_at";

  @Test
  void streams_a_million_entries_out_of_a_small_heap_to_clients_of_any_slowness()
      throws IOException, SQLException {
    String database = TestDatabase.createDatabase();
    // The file alone is larger than the heap, and there are fewer connections than clients.
    try (BankProcess bank =
        BankProcess.startOn(database, List.of("-Xmx64m"), "--bank.database.pool-size=2")) {
      Client alice = Client.registered(bank.address(), "alice");
      Client banker =
          Client.loggedIn(bank.address(), ServerBank.BANKER, ServerBank.BANKERS_PASSWORD);
      long account = alice.openAccount("USD");
      Instant opened = Instant.parse(alice.get("/accounts/" + account).text("created_at"));
      postMany(database, account);

      List<InputStream> slow = new ArrayList<>();
      for (int i = 0; i < SLOW_CLIENTS; i++) {
        slow.add(alice.unreadStatement(account));
      }
      try (Stream<String> lines = alice.statement(account)) {
        Iterator<String> file = lines.iterator();
        assertThat(file.next()).isEqualTo(HEADER);
        String newest = file.next();
        // What is posted from now on is newer than the statement.
        banker.deposit(account, 5, "USD").expect(201);

        assertIsWhole(account, opened, newest, file);
      }
      assertThat(alice.balance(account)).isEqualTo(1_000_005);
      assertThat(alice.get("/accounts/" + account + "/balance?at=" + opened).number("balance"))
          .isZero();

      // Whoever has been slow may still read on, from where they were and to the end.
      try (BufferedReader file =
          new BufferedReader(new InputStreamReader(slow.getFirst(), StandardCharsets.UTF_8))) {
        assertThat(file.readLine()).isEqualTo(HEADER);
        assertIsWhole(account, opened, file.readLine(), file.lines().iterator());
      }
      for (InputStream abandoned : slow) {
        abandoned.close();
      }
      assertThat(alice.balance(account)).isEqualTo(1_000_005);
      assertThat(bank.output()).noneMatch(line -> line.contains("OutOfMemoryError"));
    }
  }

  @Test
  void goes_on_at_another_replica_where_the_last_page_ended_whatever_comes_in_meanwhile() {
    String database = TestDatabase.createDatabase();
    try (Bank one = ServerBank.startOn(database);
        Bank two = ServerBank.startOn(database)) {
      Client alice = Client.registered(one.address(), "alice");
      Client banker =
          Client.loggedIn(one.address(), ServerBank.BANKER, ServerBank.BANKERS_PASSWORD);
      long dollars = alice.openAccount("USD");
      long euros = alice.openAccount("EUR");
      for (int amount = 1; amount <= 5; amount++) {
        banker.deposit(dollars, amount, "USD").expect(201);
      }

      Client.Answer first = alice.get("/accounts/" + dollars + "/entries?limit=2").expect(200);
      banker.deposit(dollars, 6, "USD").expect(201);
      String cursor = first.text("next_cursor");
      Client.Answer second =
          alice
              .at(two.address())
              .get("/accounts/" + dollars + "/entries?limit=100&cursor=" + cursor)
              .expect(200);

      assertThat(amounts(first)).containsExactly(5L, 4L);
      assertThat(amounts(second)).containsExactly(3L, 2L, 1L);
      assertThat(second.find("next_cursor")).isEmpty();
      Client.Answer elsewhere =
          alice.get("/accounts/" + euros + "/entries?cursor=" + cursor).expect(400);
      assertThat(elsewhere.text("violations.0.field")).isEqualTo("cursor");
    }
  }

  @Test
  void tells_the_balance_at_each_entry_between_them_and_outside() {
    try (Bank bank = ServerBank.start()) {
      Client alice = Client.registered(bank.address(), "alice");
      Client bob = Client.registered(bank.address(), "bob");
      Client banker =
          Client.loggedIn(bank.address(), ServerBank.BANKER, ServerBank.BANKERS_PASSWORD);
      long account = alice.openAccount("USD");
      for (int amount = 1; amount <= 3; amount++) {
        banker.deposit(account, amount, "USD").expect(201);
      }
      String path = "/accounts/" + account + "/balance";

      Client.Answer entries = alice.get("/accounts/" + account + "/entries").expect(200);
      for (int i = 0; i < 3; i++) {
        String at = entries.text("entries." + i + ".created_at");
        Client.Answer answer = alice.get(path + "?at=" + at).expect(200);
        assertThat(answer.number("balance"))
            .isEqualTo(entries.number("entries." + i + ".balance_after"));
        assertThat(answer.text("at")).isEqualTo(at);
        assertThat(answer.text("currency")).isEqualTo("USD");
        assertThat(answer.number("account_id")).isEqualTo(account);
      }
      assertThat(banker.get(path).expect(200).number("balance")).isEqualTo(6);
      assertThat(alice.get(path + "?at=0000-01-01T00:00:00Z").expect(200).number("balance"))
          .isZero();
      Client.Answer future = alice.get(path + "?at=9999-12-31T23:59:59Z").expect(200);
      assertThat(future.number("balance")).isEqualTo(6);
      assertThat(Instant.parse(future.text("at"))).isBefore(Instant.parse("9999-01-01T00:00:00Z"));
      bob.get(path).expect(404, "account_not_found");
      Client.nobody(bank.address()).get(path).expect(401, "unauthenticated");
    }
  }

  /** Newest first, every entry once, each balance the one before with the amount. */
  private static void assertIsWhole(
      long account, Instant opened, String newest, Iterator<String> others) {
    assertThat(newest).isEqualTo(line(account, opened, MANY));
    long entries = 1;
    String[] cells = newest.split(",", -1);
    while (others.hasNext()) {
      String[] older = others.next().split(",", -1);
      if (Long.parseLong(older[4]) != Long.parseLong(cells[4]) - Long.parseLong(cells[3])) {
        throw new AssertionError(String.join(",", cells) + " on " + String.join(",", older));
      }
      cells = older;
      entries++;
    }
    assertThat(entries).isEqualTo(MANY);
    assertThat(String.join(",", cells)).isEqualTo(line(account, opened, 1));
  }

  /** Entry n as {@link #postMany} has written it. */
  private static String line(long account, Instant opened, long n) {
    long amount = n % 2 == 1 ? 3 : -1;
    long balance = 3 * ((n + 1) / 2) - n / 2;
    return String.join(
        ",",
        Long.toString(2 * n),
        Long.toString(account),
        Long.toString(n),
        Long.toString(amount),
        Long.toString(balance),
        opened.plusNanos(n * 1000).toString());
  }

  /** Deposits of 3 and withdrawals of 1 in turn, as if they had been posted one by one. */
  private static void postMany(String database, long account) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                database, TestDatabase.username(), TestDatabase.password());
        Statement statement = connection.createStatement()) {
      long settlement;
      try (ResultSet row =
          statement.executeQuery(
              "SELECT id FROM accounts WHERE owner IS NULL AND currency = 'USD'")) {
        row.next();
        settlement = row.getLong(1);
      }
      String values =
          "WITH v AS (SELECT %d AS account, %d AS settlement, %d AS many)"
              .formatted(account, settlement, MANY);
      statement.execute(
          values
              + """
               INSERT INTO transfers (id, from_account_id, to_account_id, amount, created_at)
               SELECT nextval('transfer_ids'),
                 CASE n % 2 WHEN 1 THEN settlement ELSE account END,
                 CASE n % 2 WHEN 1 THEN account ELSE settlement END,
                 CASE n % 2 WHEN 1 THEN 3 ELSE 1 END,
                 created_at + n * interval '1 microsecond'
               FROM v, accounts, generate_series(1, many) n
               WHERE id = account
              """);
      statement.execute(
          values
              + """
               INSERT INTO entries (id, account_id, transfer_id, amount, balance_after, created_at)
               SELECT nextval('entry_ids'),
                 CASE side WHEN 1 THEN account ELSE settlement END,
                 n,
                 side * CASE n % 2 WHEN 1 THEN 3 ELSE -1 END,
                 side * (3 * ((n + 1) / 2) - n / 2),
                 created_at + n * interval '1 microsecond'
               FROM v, accounts, generate_series(1, many) n, unnest(ARRAY[-1, 1]) side
               WHERE accounts.id = account
               ORDER BY n, side
              """);
      statement.execute(
          values
              + """
               UPDATE accounts
               SET balance = CASE id WHEN account THEN 1 ELSE -1 END * many,
                 last_posted_at = last_posted_at + many * interval '1 microsecond'
               FROM v WHERE id IN (account, settlement)
              """);
      statement.execute("ANALYZE");
    }
  }

  private static List<Long> amounts(Client.Answer page) {
    List<Long> amounts = new ArrayList<>();
    for (int i = 0; i < page.size("entries"); i++) {
      amounts.add(page.number("entries." + i + ".amount"));
    }
    return amounts;
  }
}
