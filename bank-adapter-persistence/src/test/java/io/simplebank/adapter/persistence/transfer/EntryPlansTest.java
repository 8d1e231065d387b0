package io.simplebank.adapter.persistence.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.adapter.persistence.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What PostgreSQL does to answer, with many entries in the table: reads the index where it must and
 * no more. The plans are those that it makes without knowing the values, which is the least that it
 * can know.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EntryPlansTest {
  private static final int ENTRIES_OF_EACH = 50_000;

  private Connection connection;

  @BeforeAll
  void fill() throws SQLException {
    String url = TestDatabase.createDatabase();
    Flyway.configure()
        .dataSource(url, TestDatabase.username(), TestDatabase.password())
        .load()
        .migrate();
    connection = DriverManager.getConnection(url, TestDatabase.username(), TestDatabase.password());
    execute(
        """
        INSERT INTO accounts (owner, currency, balance, pending_debits, overdraft_limit, status,
          created_at, last_posted_at)
        SELECT NULL, currency, 0, 0, 0, 'open', '2026-01-01Z', '2027-01-01Z'
        FROM unnest(ARRAY['USD', 'EUR']) currency
        """,
        """
        INSERT INTO transfers (id, from_account_id, to_account_id, amount, created_at)
        SELECT n, 1 + n %% 2, 2 - n %% 2, 1, timestamptz '2026-01-01Z' + n * interval '1 minute'
        FROM generate_series(1, %d) n
        """
            .formatted(ENTRIES_OF_EACH),
        """
        INSERT INTO entries (id, account_id, transfer_id, amount, balance_after, created_at)
        SELECT 2 * id + side, CASE side WHEN 0 THEN from_account_id ELSE to_account_id END, id,
          2 * side - 1, 0, created_at
        FROM transfers, generate_series(0, 1) side
        """,
        "ANALYZE",
        "SET plan_cache_mode = force_generic_plan");
  }

  @AfterAll
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void finds_a_balance_by_one_look_up_in_one_index() throws SQLException {
    prepare(EntryRows.BALANCE_AFTER, "bigint", "account", "timestamptz", "at");

    for (String time : List.of("2020-01-01Z", "2026-01-20Z", "2030-01-01Z")) {
      List<String> plan = explain("(1, '" + time + "')");

      assertThat(plan.getFirst()).startsWith("Limit");
      assertThat(nodes(plan))
          .singleElement()
          .asString()
          .startsWith("Index Scan Backward using entries_by_account on entries")
          // Of 50 000 entries of the account it has read the one, or for lack of one none.
          .contains(time.startsWith("2020") ? "rows=0" : "rows=1");
      assertThat(plan)
          .anyMatch(line -> line.contains("Index Cond: ((account_id = $1) AND (created_at <= $2))"))
          .noneMatch(line -> line.contains("Filter"));
    }
  }

  @Test
  void reads_a_page_of_entries_and_no_others_wherever_it_begins() throws SQLException {
    prepare(
        EntryRows.LIST,
        "bigint",
        "account",
        "bigint",
        "before",
        "timestamptz",
        "from",
        "timestamptz",
        "to",
        "int",
        "limit");

    for (String page :
        List.of(
            "(1, 9223372036854775807, NULL, NULL, 100)",
            "(1, 50000, NULL, NULL, 100)",
            "(1, 50000, '2026-01-01Z', '2027-01-01Z', 100)",
            "(1, 9223372036854775807, NULL, '2026-01-20Z', 100)")) {
      List<String> plan = explain(page);

      assertThat(plan)
          .as(page)
          .anyMatch(
              line ->
                  line.contains("Index Scan Backward using entries_by_account on entries e")
                      && line.contains("rows=100"))
          .noneMatch(line -> line.contains("Sort") || line.contains("Seq Scan on entries"));
    }
  }

  @Test
  void reads_a_page_of_transfers_and_no_others_wherever_it_begins() throws SQLException {
    prepare(TransferRows.LIST, "bigint", "account", "bigint", "before", "int", "limit");

    for (String page : List.of("(1, 9223372036854775807, 100)", "(1, 25000, 100)")) {
      List<String> plan = explain(page);

      assertThat(plan)
          .as(page)
          .anyMatch(
              line ->
                  line.contains("Index Scan Backward using entries_by_account on entries e")
                      && line.contains("rows=100"))
          .anyMatch(line -> line.contains("using transfers_pending_by_payer"))
          .anyMatch(line -> line.contains("using transfers_pending_by_recipient"))
          .noneMatch(line -> line.contains("Seq Scan on entries"))
          .noneMatch(line -> line.contains("Seq Scan on transfers"));
    }
  }

  /** Makes a prepared statement of the query, as the driver does, from its named parameters. */
  private void prepare(String query, String... typesAndNames) throws SQLException {
    List<String> types = new ArrayList<>();
    String numbered = query;
    for (int i = 0; i < typesAndNames.length; i += 2) {
      types.add(typesAndNames[i]);
      numbered = numbered.replace(":" + typesAndNames[i + 1], "$" + types.size());
    }
    execute("DEALLOCATE ALL", "PREPARE q (" + String.join(", ", types) + ") AS " + numbered);
  }

  private List<String> explain(String values) throws SQLException {
    List<String> plan = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "EXPLAIN (ANALYZE, TIMING OFF, BUFFERS OFF, COSTS OFF) EXECUTE q " + values)) {
      while (rows.next()) {
        plan.add(rows.getString(1));
      }
    }
    return plan;
  }

  /** What there is below the top of the plan. */
  private static List<String> nodes(List<String> plan) {
    return plan.stream()
        .map(String::strip)
        .filter(line -> line.startsWith("->"))
        .map(line -> line.substring(2).strip())
        .toList();
  }

  private void execute(String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
