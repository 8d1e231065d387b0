package io.simplebank.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database itself refuses, whoever writes past the bank. */
class SchemaTest {
  private static final AtomicInteger CURRENCIES = new AtomicInteger();

  private final String owner = "u" + UUID.randomUUID().toString().substring(0, 12);
  private long accountId;
  private long settlementId;

  @BeforeEach
  void post_a_transfer_by_hand() throws SQLException {
    execute(
        "INSERT INTO users VALUES ('%s', 'depositor', 'A', '%s@example.com', false, 'x', now(), now())"
            .formatted(owner, owner));
    accountId = account("'" + owner + "'", "USD", 100);
    settlementId = account("NULL", unusedCurrency(), -100);
    execute(
        "INSERT INTO transfers VALUES (nextval('transfer_ids'), %d, %d, 100, NULL, now())"
            .formatted(settlementId, accountId));
    execute(
        """
        INSERT INTO entries VALUES
          (nextval('entry_ids'), %d, currval('transfer_ids'), -100, -100, now()),
          (nextval('entry_ids'), %d, currval('transfer_ids'), 100, 100, now())
        """
            .formatted(settlementId, accountId));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE transfers SET amount = 1",
        "DELETE FROM transfers",
        "TRUNCATE transfers CASCADE",
        "UPDATE entries SET amount = 1",
        "DELETE FROM entries",
        "DELETE FROM entries WHERE false",
        "TRUNCATE entries",
        "UPDATE audit_log SET detail = ''",
        "DELETE FROM audit_log",
        "TRUNCATE audit_log",
        "UPDATE batches SET hash = hash",
        "DELETE FROM batches",
        "TRUNCATE batches",
        "UPDATE resolutions SET outcome = 'voided'",
        "DELETE FROM resolutions",
        "TRUNCATE resolutions",
      })
  void refuses_to_rewrite_history(String statement) throws SQLException {
    List<String> before = ledger();
    assertThatThrownBy(() -> execute(statement))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23001"))
        .hasMessageContaining("append-only");
    assertThat(ledger()).isEqualTo(before).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM accounts",
        "TRUNCATE accounts CASCADE",
        "UPDATE accounts SET id = DEFAULT",
      })
  void refuses_to_lose_an_account(String statement) throws SQLException {
    List<String> before = strings("SELECT id::text FROM accounts ORDER BY id");
    assertThatThrownBy(() -> execute(statement))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("accounts are closed, and stay");
    assertThat(strings("SELECT id::text FROM accounts ORDER BY id")).isEqualTo(before).isNotEmpty();
  }

  @Test
  void refuses_a_customers_account_below_zero() {
    assertViolates(
        "accounts_not_overdrawn", "UPDATE accounts SET balance = -1 WHERE id = " + accountId);
  }

  @Test
  void refuses_to_set_aside_more_than_there_is() {
    assertViolates(
        "accounts_not_overdrawn",
        "UPDATE accounts SET pending_debits = 101 WHERE id = " + accountId);
  }

  @Test
  void lets_an_account_go_down_to_its_overdraft_limit_and_no_further() throws SQLException {
    execute(
        "UPDATE accounts SET overdraft_limit = 50, balance = -50 WHERE id = %d"
            .formatted(accountId));
    assertViolates(
        "accounts_not_overdrawn", "UPDATE accounts SET balance = -51 WHERE id = " + accountId);
  }

  @Test
  void lets_a_settlement_account_stand_below_zero() throws SQLException {
    execute("UPDATE accounts SET balance = -9000000000 WHERE id = %d".formatted(settlementId));
    assertThat(strings("SELECT balance::text FROM accounts WHERE id = " + settlementId))
        .containsExactly("-9000000000");
  }

  @Test
  void refuses_a_second_account_of_one_owner_in_one_currency() {
    assertViolates(
        "accounts_one_per_owner_and_currency",
        "INSERT INTO accounts (owner, currency, balance, pending_debits, overdraft_limit, status,"
            + " created_at, last_posted_at) SELECT owner, currency, 0, 0, 0, 'open', now(), now()"
            + " FROM accounts WHERE id = "
            + accountId);
  }

  @Test
  void lets_an_account_be_opened_where_the_one_before_is_closed() throws SQLException {
    execute(
        "UPDATE accounts SET balance = 0, status = 'closed' WHERE id = %d".formatted(accountId));

    assertThat(account("'" + owner + "'", "USD", 0)).isGreaterThan(accountId);
    assertViolates(
        "accounts_one_per_owner_and_currency",
        "UPDATE accounts SET status = 'open' WHERE id = " + accountId);
  }

  @Test
  void refuses_a_second_settlement_account_in_one_currency() {
    assertViolates(
        "accounts_one_per_owner_and_currency",
        "INSERT INTO accounts (owner, currency, balance, pending_debits, overdraft_limit, status,"
            + " created_at, last_posted_at) SELECT NULL, currency, 0, 0, 0, 'open', now(), now()"
            + " FROM accounts WHERE id = "
            + settlementId);
  }

  @Test
  void refuses_to_close_an_account_with_something_on_it() {
    assertViolates(
        "accounts_closed_when_empty",
        "UPDATE accounts SET status = 'closed' WHERE id = " + accountId);
    assertViolates(
        "accounts_closed_when_empty",
        "UPDATE accounts SET (status, balance, pending_debits, overdraft_limit) ="
            + " ('closed', 0, 5, 5) WHERE id = "
            + accountId);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          accounts_max_transfer_check | max_transfer = -1
          accounts_daily_limit_check | daily_limit = -1
          accounts_monthly_limit_check | monthly_limit = -1
          accounts_spent_that_day_check | spent_that_day = -1
          accounts_spend_in_a_month_what_they_do_on_a_day | spent_that_day = 1
          """)
  void refuses_limits_and_spending_that_cannot_be(String constraint, String change) {
    assertViolates(constraint, "UPDATE accounts SET " + change + " WHERE id = " + accountId);
  }

  @ParameterizedTest
  @ValueSource(strings = {"max_transfer", "daily_limit", "monthly_limit"})
  void refuses_limits_of_the_banks_own_accounts(String limit) {
    assertViolates(
        "accounts_limited_when_owned",
        "UPDATE accounts SET %s = 5 WHERE id = %d".formatted(limit, settlementId));
  }

  @Test
  void refuses_an_account_of_nobody() {
    assertViolates(
        "accounts_owner_fkey", "UPDATE accounts SET owner = 'nobody' WHERE id = " + accountId);
  }

  @Test
  void refuses_a_transfer_between_accounts_that_do_not_exist() {
    for (String accounts : List.of(accountId + ", 999999999", "999999999, " + accountId)) {
      assertViolates(
          "names an account that does not exist",
          """
          INSERT INTO transfers VALUES (nextval('transfer_ids'), %d, %d, 1, NULL, now()),
            (nextval('transfer_ids'), %s, 1, NULL, now())
          """
              .formatted(accountId, settlementId, accounts));
    }
  }

  @Test
  void refuses_a_transfer_within_one_account() {
    assertViolates(
        "transfers_between_two_accounts",
        "INSERT INTO transfers VALUES (nextval('transfer_ids'), %1$d, %1$d, 1, NULL, now())"
            .formatted(accountId));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void refuses_a_transfer_of_nothing_or_less(long amount) {
    assertViolates(
        "transfers_amount_check",
        "INSERT INTO transfers VALUES (nextval('transfer_ids'), %d, %d, %d, NULL, now())"
            .formatted(settlementId, accountId, amount));
  }

  @Test
  void refuses_a_reversal_of_itself_or_of_nothing() {
    String insert =
        "INSERT INTO transfers SELECT 999999999, from_account_id, to_account_id, 1, NULL, now(), %s"
            + " FROM transfers LIMIT 1";
    assertViolates("transfers_reverse_another", insert.formatted("999999999"));
    assertViolates("transfers_reverses_transfer_id_fkey", insert.formatted("999999998"));
  }

  @Test
  void refuses_a_pending_transfer_that_does_not_fit_together() {
    String insert =
        "INSERT INTO transfers SELECT 999999999, from_account_id, to_account_id, 1, NULL, now(), %s"
            + " FROM transfers LIMIT 1";
    assertViolates("transfers_expire_later", insert.formatted("NULL, now(), NULL"));
    assertViolates("transfers_settle_another", insert.formatted("NULL, NULL, 999999999"));
    assertViolates("transfers_pending_transfer_id_fkey", insert.formatted("NULL, NULL, 999999998"));
    assertViolates(
        "transfers_pending_name_no_other", insert.formatted("NULL, now() + interval '1 day', id"));
    assertViolates(
        "transfers_pending_name_no_other", insert.formatted("id, now() + interval '1 day', NULL"));
  }

  @Test
  void refuses_to_settle_or_resolve_a_pending_transfer_twice() throws SQLException {
    String insert =
        "INSERT INTO transfers SELECT nextval('transfer_ids'), from_account_id, to_account_id, 1,"
            + " NULL, now(), NULL, %s FROM transfers WHERE id = %d";
    long any = Long.parseLong(strings("SELECT max(id)::text FROM transfers").getFirst());
    execute(insert.formatted("now() + interval '1 day', NULL", any));
    long pending = Long.parseLong(strings("SELECT max(id)::text FROM transfers").getFirst());
    String settle = insert.formatted("NULL, " + pending, any);
    String resolve = "INSERT INTO resolutions VALUES (%d, '%s', now())";

    assertViolates("resolutions_outcome_check", resolve.formatted(pending, "pending"));
    execute(settle);
    execute(resolve.formatted(pending, "posted"));

    assertViolates("transfers_settle_once", settle);
    assertViolates("resolutions_pkey", resolve.formatted(pending, "voided"));
    assertViolates(
        "resolutions_pending_transfer_id_fkey", resolve.formatted(999_999_999, "voided"));
  }

  @Test
  void refuses_to_change_an_answer() throws SQLException {
    execute(
        "INSERT INTO answers VALUES ('%s', 'k', 'transfer', repeat('0', 64), 201, '{}', now())"
            .formatted(owner));

    assertThatThrownBy(() -> execute("UPDATE answers SET body = '[]'"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("an answer that was given stays");
    assertViolates(
        "answers_one_per_key",
        "INSERT INTO answers SELECT * FROM answers WHERE username = '%s'".formatted(owner));
  }

  @Test
  void refuses_an_entry_of_nothing() {
    assertViolates(
        "entries_amount_check",
        "INSERT INTO entries SELECT nextval('entry_ids'), account_id, transfer_id, 0, 0, now() FROM"
            + " entries LIMIT 1");
  }

  @ParameterizedTest
  @CsvSource({
    "a transfer that there is not, 999999999, 0, -100, 999999999, 1, 100",
    "too little for one side,      0,         0, -100, 0,         1, 99",
    "a side that gets what it pays,0,         0, 100,  0,         1, -100",
    "both for one side,            0,         1, -100, 0,         1, 100",
    "both the same,                0,         1, 100,  0,         1, 100",
  })
  void refuses_entries_that_are_not_what_their_transfer_moves(
      String what, long oneOf, int oneFor, long one, long otherOf, int otherFor, long other)
      throws SQLException {
    long[] accounts = {settlementId, accountId};
    execute(
        "INSERT INTO transfers VALUES (nextval('transfer_ids'), %d, %d, 100, NULL, now())"
            .formatted(settlementId, accountId));
    long posted = Long.parseLong(strings("SELECT max(id)::text FROM transfers").getFirst());
    String insert =
        """
        INSERT INTO entries
          SELECT nextval('entry_ids'), account, transfer, amount, 0, now()
          FROM (VALUES (%d, %d, %d), (%d, %d, %d)) AS new (transfer, account, amount)
        """;

    assertViolates(
        "are not what it moves",
        insert.formatted(
            oneOf == 0 ? posted : oneOf,
            accounts[oneFor],
            one,
            otherOf == 0 ? posted : otherOf,
            accounts[otherFor],
            other));

    execute(insert.formatted(posted, accounts[0], -100, posted, accounts[1], 100));
  }

  @Test
  void refuses_one_entry_alone_and_a_third_one() {
    String entries =
        """
        INSERT INTO entries
          SELECT nextval('entry_ids'), account_id, transfer_id, amount, balance_after, now()
          FROM entries, generate_series(1, 2) AS times
          WHERE transfer_id = (SELECT max(transfer_id) FROM entries)
          ORDER BY times, entries.id LIMIT %d
        """;

    assertViolates("are not what it moves", entries.formatted(1));
    assertViolates("are not what it moves", entries.formatted(3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sessions_generation_check | UPDATE sessions SET generation = -1
          sessions_check | UPDATE sessions SET expires_at = created_at
          refresh_tokens_generation_check | UPDATE refresh_tokens SET generation = -1
          refresh_tokens_hash_check | UPDATE refresh_tokens SET hash = 'ABC'
          refresh_tokens_session_id_fkey | UPDATE refresh_tokens SET session_id = gen_random_uuid()
          login_attempts_failures_check | INSERT INTO login_attempts VALUES ('account:x', -1, now())
          login_attempts_key_check | INSERT INTO login_attempts VALUES ('x', 1, now())
          email_verifications_email_check | UPDATE email_verifications SET email = 'A@example.com'
          email_verifications_code_hash_check | UPDATE email_verifications SET (code_hash, code_expires_at) = ('abc', now())
          email_verifications_code_expires | UPDATE email_verifications SET code_expires_at = now()
          email_verifications_confirmed_by_code | UPDATE email_verifications SET confirmed_at = now()
          email_verifications_username_fkey | UPDATE email_verifications SET username = 'nobody'
          audit_log_actor_check | INSERT INTO audit_log VALUES (DEFAULT, now(), 'A', 'a', '', '', '')
          batches_hash_check | INSERT INTO batches VALUES (-1, gen_random_uuid(), now(), '{}', '{}', '{}', '', '')
          batches_have_a_digest_for_each_row | INSERT INTO batches VALUES (-1, gen_random_uuid(), now(), '{}', '{}', '{1}', '', sha256(''))
          audit_log_action_check | INSERT INTO audit_log VALUES (DEFAULT, now(), 'ada', 'A', '', '', '')
          """)
  void refuses_what_the_domain_does_not_know(String constraint, String statement)
      throws SQLException {
    execute(
        "INSERT INTO sessions VALUES (gen_random_uuid(), '%s', '', '', now(), now() + interval '1 day', 0)"
            .formatted(owner));
    execute(
        ("INSERT INTO refresh_tokens SELECT encode(sha256(id::text::bytea), 'hex'), id, 0 FROM"
                + " sessions WHERE username = '%s'")
            .formatted(owner));
    execute(
        "INSERT INTO email_verifications (username, email, requested_at) VALUES ('%s', 'a@b.example', now())"
            .formatted(owner));

    assertViolates(constraint, statement);
  }

  @Test
  void finds_entries_by_account_and_time_without_reading_the_rest() throws SQLException {
    List<String> plan;
    try (Connection connection = PostgresStores.shared().pool().getConnection();
        Statement statement = connection.createStatement()) {
      // A table this small would be read whole; what is asked is what the index can do.
      statement.execute("SET enable_seqscan = off; SET enable_bitmapscan = off");
      try (ResultSet rows =
          statement.executeQuery(
              "EXPLAIN SELECT * FROM entries WHERE account_id = 1 AND created_at < now()"
                  + " ORDER BY created_at DESC, id DESC LIMIT 10")) {
        plan = column(rows);
      }
      statement.execute("RESET enable_seqscan; RESET enable_bitmapscan");
    }
    assertThat(plan)
        .anyMatch(line -> line.contains("Index Scan Backward using entries_by_account"))
        .noneMatch(line -> line.contains("Sort"));
  }

  @Test
  void commits_durably_and_reads_what_is_committed_in_every_connection() throws SQLException {
    assertThat(strings("SHOW synchronous_commit")).containsExactly("on");
    assertThat(strings("SHOW transaction_isolation")).containsExactly("read committed");
  }

  private static void assertViolates(String constraint, String statement) {
    assertThatThrownBy(() -> execute(statement))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining(constraint);
  }

  private static List<String> ledger() throws SQLException {
    return strings(
        "SELECT t::text || e::text FROM transfers t JOIN entries e ON e.transfer_id = t.id ORDER BY e.id");
  }

  private static long account(String ownerSql, String currency, long balance) throws SQLException {
    return Long.parseLong(
        strings(
                "INSERT INTO accounts (owner, currency, balance, pending_debits, overdraft_limit,"
                    + " status, created_at, last_posted_at) VALUES ("
                    + ownerSql
                    + ", '"
                    + currency
                    + "', "
                    + balance
                    + ", 0, 0, 'open', now(), now()) RETURNING id::text")
            .getFirst());
  }

  /** The schema asks for three capitals; each test wants a settlement account of its own. */
  private static String unusedCurrency() {
    int n = CURRENCIES.getAndIncrement();
    return "Q" + (char) ('A' + n / 26) + (char) ('A' + n % 26);
  }

  private static void execute(String statement) throws SQLException {
    try (Connection connection = PostgresStores.shared().pool().getConnection();
        Statement jdbc = connection.createStatement()) {
      jdbc.execute(statement);
    }
  }

  private static List<String> strings(String query) throws SQLException {
    try (Connection connection = PostgresStores.shared().pool().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return column(rows);
    }
  }

  private static List<String> column(ResultSet rows) throws SQLException {
    List<String> column = new ArrayList<>();
    while (rows.next()) {
      column.add(rows.getString(1));
    }
    return column;
  }
}
