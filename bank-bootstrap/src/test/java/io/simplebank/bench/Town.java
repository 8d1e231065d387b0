package io.simplebank.bench;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.simplebank.bootstrap.postgres.EmbeddedDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

/**
 * Customers who have an account each, with more money on it than they will spend.
 *
 * <p>Users and accounts are put into the tables, and tokens are signed with the bank's secret,
 * since neither registering nor logging in is what is measured. The money comes through the bank.
 */
final class Town {
  static final int OK = 200;
  static final int CREATED = 201;
  static final int BATCH = 1000;

  private static final long FUNDS = 1_000_000;
  private static final int BATCHES_AT_ONCE = 2;

  private final EmbeddedDatabase database;
  private final URI bank;
  private final String banker;
  private final JWSHeader header;
  private final List<String> tokens = new ArrayList<>();
  private final List<Long> accounts = new ArrayList<>();

  private Town(EmbeddedDatabase database, URI bank, Customer banker) throws ParseException {
    this.database = database;
    this.bank = bank;
    this.banker = banker.token();
    // Names the key, as every token has to.
    this.header = SignedJWT.parse(banker.token()).getHeader();
  }

  /** A town of so many. */
  static Town founded(EmbeddedDatabase database, URI bank, int customers)
      throws IOException, InterruptedException, ExecutionException, SQLException {
    Customer banker = Customer.loggedIn(bank, RunningBank.BANKER, RunningBank.BANKERS_PASSWORD);
    try {
      Town town = new Town(database, bank, banker);
      town.grow(customers);
      return town;
    } catch (ParseException e) {
      throw new IOException("the bank has handed out what is no token", e);
    }
  }

  int customers() {
    return accounts.size();
  }

  /** Customers move in until there are so many. */
  void grow(int customers)
      throws IOException, InterruptedException, ExecutionException, SQLException {
    int before = customers();
    if (customers <= before) {
      return;
    }
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO users (username, role, full_name, email, is_email_verified, password_hash,
              password_changed_at, created_at)
            SELECT 'c-' || i, 'depositor', 'Customer ' || i, 'c-' || i || '@example.com', true,
              'none', now(), now()
            FROM generate_series(%1$d, %2$d) AS i;
          INSERT INTO accounts (owner, currency, balance, pending_debits, overdraft_limit, status,
              created_at, last_posted_at)
            SELECT 'c-' || i, 'USD', 0, 0, 0, 'open', now(), now()
            FROM generate_series(%1$d, %2$d) AS i
          """
              .formatted(before, customers - 1));
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT id FROM accounts WHERE owner LIKE 'c-%' ORDER BY id OFFSET " + before)) {
        while (rows.next()) {
          tokens.add(token("c-" + accounts.size()));
          accounts.add(rows.getLong(1));
        }
      }
    }
    fund(before);
    settle();
  }

  /** One gets all the money from the bank, and passes it on to the others. */
  private void fund(int first) throws IOException, InterruptedException, ExecutionException {
    long all = FUNDS * (customers() - first);
    String deposit = "{\"amount\": %d, \"currency\": \"USD\"}".formatted(all);
    try (Wire wire = new Wire(bank)) {
      expect(
          CREATED,
          wire.send(Wire.post("/accounts/" + accounts.get(first) + "/deposits", banker, deposit)));
      for (int from = first + 1; from < customers(); from += BATCH) {
        List<Integer> payees = new ArrayList<>();
        for (int to = from; to < Math.min(from + BATCH, customers()); to++) {
          payees.add(to);
        }
        expect(OK, wire.send(batch(first, payees, FUNDS)));
      }
    }
  }

  private static void expect(int expected, int status) throws IOException {
    if (status != expected) {
      throw new IOException("the bank has answered " + status + " instead of " + expected);
    }
  }

  /** Batches are posted until there are so many entries. */
  void trade(long entries) throws InterruptedException, ExecutionException, SQLException {
    for (long missing = entries - entries(); missing > 0; missing = entries - entries()) {
      // Long enough to be worth while, and not much longer than is needed.
      Duration portion = Duration.ofSeconds(Math.clamp(missing / 30_000, 1, 60));
      var _ = batches().flatOut(BATCHES_AT_ONCE, portion);
    }
    settle();
  }

  long entries() throws SQLException {
    return number("SELECT count(*) FROM entries");
  }

  /** As the server would do by and by. */
  private void settle() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("VACUUM (ANALYZE)");
    }
  }

  long number(String query) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(
        database.jdbcUrl(), database.username(), database.password());
  }

  /** Transfers of a cent from anybody to anybody. */
  Load transfers() {
    return new Load(
        bank,
        CREATED,
        random -> {
          int from = random.nextInt(customers());
          return transfer(from, other(from, random));
        });
  }

  /** Transfers of a cent from anybody to the one in the middle. */
  Load transfersToOne() {
    int hot = customers() / 2;
    return new Load(bank, CREATED, random -> transfer(other(hot, random), hot));
  }

  /** Batches of {@value #BATCH} transfers from anybody to anybody. */
  Load batches() {
    return new Load(
        bank,
        OK,
        random -> {
          int from = random.nextInt(customers());
          List<Integer> payees = new ArrayList<>(BATCH);
          for (int i = 0; i < BATCH; i++) {
            payees.add(other(from, random));
          }
          return batch(from, payees, 1);
        });
  }

  /** Everybody looks at their account. */
  Load views() {
    return new Load(
        bank,
        OK,
        random -> {
          int customer = random.nextInt(customers());
          return Wire.get("/accounts/" + accounts.get(customer), tokens.get(customer));
        });
  }

  /** Somebody asks for what is always the same. */
  Load constants() {
    byte[] request = Wire.get("/.well-known/jwks.json", "");
    return new Load(bank, OK, random -> request);
  }

  private int other(int customer, SplittableRandom random) {
    return (customer + 1 + random.nextInt(customers() - 1)) % customers();
  }

  private byte[] transfer(int from, int to) {
    return Wire.post("/transfers", tokens.get(from), json(from, to, 1));
  }

  private byte[] batch(int from, List<Integer> payees, long amount) {
    StringBuilder json = new StringBuilder("{\"transfers\":[");
    for (int to : payees) {
      json.append(json.charAt(json.length() - 1) == '[' ? "" : ",").append(json(from, to, amount));
    }
    return Wire.post("/transfers/batch", tokens.get(from), json.append("]}").toString());
  }

  private String json(int from, int to, long amount) {
    return "{\"from_account_id\":"
        + accounts.get(from)
        + ",\"to_account_id\":"
        + accounts.get(to)
        + ",\"amount\":"
        + amount
        + ",\"currency\":\"USD\"}";
  }

  private String token(String username) {
    Instant now = Instant.now();
    SignedJWT token =
        new SignedJWT(
            header,
            new JWTClaimsSet.Builder()
                .issuer("simple-bank")
                .audience("simple-bank")
                .subject(username)
                .claim("roles", List.of("depositor"))
                .claim("sid", UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofDays(1))))
                .build());
    try {
      token.sign(new MACSigner(RunningBank.SECRET.getBytes(StandardCharsets.UTF_8)));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return token.serialize();
  }
}
