package io.simplebank.bench;

import io.simplebank.bootstrap.postgres.EmbeddedDatabase;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/**
 * The reference: the transfer of the classic simple bank, straight into tables of its own on the
 * same server, without HTTP, tokens, rules or answers.
 */
final class PlainSql {
  private static final int CLIENTS = 16;
  private static final int THREADS = 2;

  private static final String TABLES =
      """
      CREATE SCHEMA reference;
      CREATE TABLE reference.accounts (
        id bigserial PRIMARY KEY, owner varchar NOT NULL, balance bigint NOT NULL,
        currency varchar NOT NULL, created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (owner, currency));
      CREATE TABLE reference.entries (
        id bigserial PRIMARY KEY, account_id bigint NOT NULL REFERENCES reference.accounts,
        amount bigint NOT NULL, created_at timestamptz NOT NULL DEFAULT now());
      CREATE TABLE reference.transfers (
        id bigserial PRIMARY KEY, from_account_id bigint NOT NULL REFERENCES reference.accounts,
        to_account_id bigint NOT NULL REFERENCES reference.accounts,
        amount bigint NOT NULL CHECK (amount > 0), created_at timestamptz NOT NULL DEFAULT now());
      CREATE INDEX ON reference.entries (account_id);
      CREATE INDEX ON reference.transfers (from_account_id);
      CREATE INDEX ON reference.transfers (to_account_id);
      CREATE INDEX ON reference.transfers (from_account_id, to_account_id);
      """;

  private static final String SELECT = "SELECT * FROM reference.accounts WHERE id = ?";
  private static final String TRANSFER =
      "INSERT INTO reference.transfers (from_account_id, to_account_id, amount)"
          + " VALUES (?, ?, 1) RETURNING *";
  private static final String ENTRY =
      "INSERT INTO reference.entries (account_id, amount) VALUES (?, ?) RETURNING *";
  private static final String BALANCE =
      "UPDATE reference.accounts SET balance = balance + ? WHERE id = ? RETURNING *";

  /** The same statements for pgbench: {@code :a} pays {@code :b}. */
  private static final String SCRIPT =
      """
      \\set lower least(:a, :b)
      \\set higher greatest(:a, :b)
      \\set change case when :a < :b then -1 else 1 end
      SELECT * FROM reference.accounts WHERE id = :a;
      SELECT * FROM reference.accounts WHERE id = :b;
      BEGIN;
      INSERT INTO reference.transfers (from_account_id, to_account_id, amount)
        VALUES (:a, :b, 1) RETURNING *;
      INSERT INTO reference.entries (account_id, amount) VALUES (:a, -1) RETURNING *;
      INSERT INTO reference.entries (account_id, amount) VALUES (:b, 1) RETURNING *;
      UPDATE reference.accounts SET balance = balance + :change WHERE id = :lower RETURNING *;
      UPDATE reference.accounts SET balance = balance - :change WHERE id = :higher RETURNING *;
      COMMIT;
      """;

  private static final Pattern TPS = Pattern.compile("(?m)^tps = ([0-9.]+)");

  /** The same in one statement, which is one transaction in one round trip. */
  private static final String ONE_ROUND_TRIP =
      """
      WITH pair AS (SELECT ?::bigint AS a, ?::bigint AS b),
      moved AS (
        UPDATE reference.accounts SET balance = balance + CASE WHEN id = a THEN -1 ELSE 1 END
        FROM pair WHERE id IN (a, b) RETURNING id, balance),
      posted AS (
        INSERT INTO reference.transfers (from_account_id, to_account_id, amount)
        SELECT a, b, 1 FROM pair RETURNING id)
      INSERT INTO reference.entries (account_id, amount)
        SELECT a, -1 FROM pair UNION ALL SELECT b, 1 FROM pair
      """;

  private final EmbeddedDatabase database;
  private final Path directory;
  private final int accounts;

  private PlainSql(EmbeddedDatabase database, Path directory, int accounts) {
    this.database = database;
    this.directory = directory;
    this.accounts = accounts;
  }

  /** Makes the tables, with so many accounts. */
  static PlainSql on(EmbeddedDatabase database, Path directory, int accounts) throws SQLException {
    PlainSql reference = new PlainSql(database, directory, accounts);
    try (Connection connection = reference.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(TABLES);
      statement.execute(
          "INSERT INTO reference.accounts (owner, balance, currency)"
              + " SELECT 'c-' || i, 1000000, 'USD' FROM generate_series(1, "
              + accounts
              + ") AS i");
      statement.execute("VACUUM (ANALYZE)");
    }
    return reference;
  }

  /** What measures it, for the report. */
  static String tool() {
    return pgbench().map(path -> "pgbench").orElse("JDBC, because there is no pgbench");
  }

  /** Transfers a second among all accounts, with {@value #CLIENTS} clients. */
  double perSecond(Duration length) throws IOException, InterruptedException, ExecutionException {
    return perSecond(length, false);
  }

  /** Transfers a second from all accounts into the one in the middle. */
  double perSecondIntoOne(Duration length)
      throws IOException, InterruptedException, ExecutionException {
    return perSecond(length, true);
  }

  private double perSecond(Duration length, boolean intoOne)
      throws IOException, InterruptedException, ExecutionException {
    Optional<Path> pgbench = pgbench();
    return pgbench.isPresent()
        ? byPgbench(pgbench.get(), length, intoOne)
        : byJdbc(length, intoOne);
  }

  private static Optional<Path> pgbench() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .map(directory -> Path.of(directory, "pgbench"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private double byPgbench(Path pgbench, Duration length, boolean intoOne)
      throws IOException, InterruptedException {
    String payee =
        intoOne ? "\\set b " + accounts / 2 : "\\set b random(1, %d)".formatted(accounts);
    String payer = "\\set a 1 + (:b - 1 + random(1, %d)) %% %d".formatted(accounts - 1, accounts);
    Path script = directory.resolve("reference.sql");
    Files.writeString(script, payee + "\n" + payer + "\n" + SCRIPT);
    URI server = URI.create(database.jdbcUrl().substring("jdbc:".length()));
    ProcessBuilder builder =
        new ProcessBuilder(
            pgbench.toString(),
            "--no-vacuum",
            "--protocol=prepared",
            "--client=" + CLIENTS,
            "--jobs=" + THREADS,
            "--time=" + length.toSeconds(),
            "--file=" + script,
            "--host=" + server.getHost(),
            "--port=" + server.getPort(),
            "--username=" + database.username(),
            server.getPath().substring(1));
    builder.environment().put("PGPASSWORD", database.password());
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher tps = TPS.matcher(output);
    if (process.waitFor() != 0 || !tps.find()) {
      throw new IOException("pgbench has failed: " + output);
    }
    return Double.parseDouble(tps.group(1));
  }

  private double byJdbc(Duration length, boolean intoOne)
      throws InterruptedException, ExecutionException {
    long begin = System.nanoTime();
    long end = begin + length.toNanos();
    long transfers = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      List<Callable<Long>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        SplittableRandom random = new SplittableRandom(i);
        clients.add(
            () -> {
              long count = 0;
              try (Connection connection = connect()) {
                while (System.nanoTime() < end) {
                  long payee = intoOne ? accounts / 2 : random.nextLong(1, accounts + 1L);
                  transfer(connection, payer(payee, random), payee);
                  count++;
                }
              }
              return count;
            });
      }
      for (Future<Long> client : threads.invokeAll(clients)) {
        transfers += client.get();
      }
    }
    return transfers * 1e9 / (System.nanoTime() - begin);
  }

  private long payer(long payee, SplittableRandom random) {
    return 1 + (payee - 1 + random.nextLong(1, accounts)) % accounts;
  }

  private static void transfer(Connection connection, long payer, long payee) throws SQLException {
    long change = payer < payee ? -1 : 1;
    execute(connection, SELECT, payer);
    execute(connection, SELECT, payee);
    connection.setAutoCommit(false);
    execute(connection, TRANSFER, payer, payee);
    execute(connection, ENTRY, payer, -1);
    execute(connection, ENTRY, payee, 1);
    execute(connection, BALANCE, change, Math.min(payer, payee));
    execute(connection, BALANCE, -change, Math.max(payer, payee));
    connection.commit();
    connection.setAutoCommit(true);
  }

  private static void execute(Connection connection, String sql, long... values)
      throws SQLException {
    // The driver keeps what it has prepared, and prepares it on the server when it comes often.
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setLong(i + 1, values[i]);
      }
      statement.execute();
    }
  }

  /** One client, one transaction after the other, each in one statement and one round trip. */
  Measured inOneRoundTrip(Duration length) throws SQLException {
    Histogram micros = Measured.histogram();
    SplittableRandom random = new SplittableRandom(1);
    long begin = System.nanoTime();
    long end = begin + length.toNanos();
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(ONE_ROUND_TRIP)) {
      for (long sent = begin; sent < end; sent = System.nanoTime()) {
        long payee = random.nextLong(1, accounts + 1L);
        statement.setLong(1, payer(payee, random));
        statement.setLong(2, payee);
        statement.execute();
        micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - sent));
      }
    }
    return new Measured(micros, 0, Duration.ofNanos(System.nanoTime() - begin));
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        database.jdbcUrl(), database.username(), database.password());
  }
}
