package io.simplebank.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.adapter.persistence.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a job runs to have the ledger checked. */
class AuditCommandTest {
  private final String database = TestDatabase.createDatabase();

  @Test
  void ends_with_0_where_all_is_well_1_where_it_is_not_and_2_where_nobody_can_tell()
      throws SQLException {
    assertEnds(2, "The ledger is not checked: the tables are older", Map.of());
    assertThat(sql("SELECT count(*) FROM pg_tables WHERE tablename = 'accounts'"))
        .as("tables are made by others")
        .isZero();

    assertEnds(0, "up to date", Map.of(), "--migrate-only");
    sql(
        """
        INSERT INTO accounts (owner, currency, balance, pending_debits, overdraft_limit, status,
            created_at, last_posted_at)
          VALUES (NULL, 'USD', 0, 0, 0, 'open', now(), now()) RETURNING id
        """);
    String output = assertEnds(0, "The ledger is consistent.", Map.of());
    assertThat(output)
        .contains("USD: 1 accounts, 0 transfers, 0 entries; customers 0, settlement 0, sum 0");
    Matcher head = Pattern.compile("(0):([0-9a-f]{64})").matcher(output);
    assertThat(head.find()).isTrue();

    assertEnds(0, "The ledger is consistent.", Map.of(), "--expect=" + head.group());
    String other = "--expect=0:" + "ab".repeat(32);
    assertEnds(1, "WRONG (unknown_head): batch 0 does not have the hash", Map.of(), other);

    sql("UPDATE accounts SET balance = 5 WHERE owner IS NULL RETURNING id");
    String wrong = assertEnds(1, "THE LEDGER DISAGREES", Map.of());
    assertThat(wrong)
        .contains("WRONG (wrong_balance): the balance of account 1 is 5, but its entries sum to 0")
        .contains("WRONG (unbalanced_currency): all balances in USD sum to 5 instead of 0")
        .contains("wrong_balance: 1 found");

    sql(
        """
        INSERT INTO flyway_schema_history
          SELECT installed_rank + 1, '999', 'the future', 'SQL', 'V999__the_future.sql', 1, 'x',
            now(), 1, true
          FROM flyway_schema_history ORDER BY installed_rank DESC LIMIT 1
          RETURNING installed_rank
        """);
    assertEnds(2, "The ledger is not checked: the tables are newer", Map.of());
  }

  @Test
  void ends_with_2_and_says_why_when_something_is_missing() {
    assertEnds(
        2,
        "The ledger is not checked: ",
        Map.of("BANK_DATABASE_URL", "jdbc:postgresql://localhost:1/x"));
    assertEnds(2, "BANK_DATABASE_USER", Map.of("BANK_DATABASE_USER", ""));
    assertEnds(
        2,
        "in BANK_DATA_DIR there is no bank: /nowhere",
        Map.of("BANK_DATABASE_URL", "", "BANK_DATA_DIR", "/nowhere"));
    assertEnds(2, "--expect= needs what an earlier audit has told", Map.of(), "--expect=5");
  }

  private String assertEnds(
      int status, String saying, Map<String, String> otherwise, String... more) {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "BANK_DATABASE_URL", database,
                "BANK_DATABASE_USER", TestDatabase.username(),
                "BANK_DATABASE_PASSWORD", TestDatabase.password()));
    environment.putAll(otherwise);
    String[] arguments = new String[more.length + 1];
    arguments[0] = "--audit";
    System.arraycopy(more, 0, arguments, 1, more.length);
    try (ImageProcess audit = ImageProcess.start(environment, arguments)) {
      assertThat(audit.exitStatus()).as(audit.output()).isEqualTo(status);
      assertThat(audit.output()).contains(saying).doesNotContain("\tat ");
      return audit.output();
    }
  }

  private long sql(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                database, TestDatabase.username(), TestDatabase.password());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).isTrue();
      return row.getLong(1);
    }
  }
}
