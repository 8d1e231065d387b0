package io.simplebank.bench;

import io.simplebank.bootstrap.postgres.EmbeddedDatabase;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What clients notice when a new version is rolled out: two banks behind nginx, as in {@code
 * compose.yaml}, steady load, and then a migration and a restart of one bank after the other. In
 * the order that Kubernetes keeps: no new requests to a bank, a pause, the signal to stop, the new
 * one, and requests again once it is ready.
 */
final class RollingRestart {
  private static final int CUSTOMERS = 1_000;
  private static final int TRANSFERS_PER_SECOND = 60;
  private static final int VIEWS_PER_SECOND = 40;
  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final Duration BETWEEN = Duration.ofSeconds(10);

  /** As long as it takes a proxy to hear that a bank takes no more requests. */
  private static final Duration UNTIL_ALL_KNOW = Duration.ofSeconds(2);

  private static final Duration READY_WITHIN = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final String MIGRATION =
      """
      -- What a later version might add.
      ALTER TABLE accounts ADD COLUMN nickname text CHECK (char_length(nickname) BETWEEN 1 AND 50);
      CREATE INDEX accounts_by_nickname ON accounts (nickname) WHERE nickname IS NOT NULL;
      """;

  private final Path jar;
  private final Path directory;
  private final EmbeddedDatabase database;
  private final Path migrations;
  private final int[] ports = {freePort(), freePort()};
  private final RunningBank[] banks = new RunningBank[2];
  private final Nginx nginx;

  private RollingRestart(Path jar, Path directory, EmbeddedDatabase database) throws IOException {
    this.jar = jar;
    this.directory = directory;
    this.database = database;
    this.migrations = Files.createDirectories(directory.resolve("later-version"));
    Files.writeString(migrations.resolve("V1000__a_later_version.sql"), MIGRATION);
    this.nginx = new Nginx(directory.resolve("nginx"), freePort(), ports);
  }

  /**
   * Rolls out, and returns what came of it as Markdown.
   *
   * @throws IllegalStateException when a single request failed, or the books do not say the same
   */
  static String run(Path jar, Path directory)
      throws IOException, InterruptedException, ExecutionException, SQLException {
    Path data = Files.createTempDirectory(directory, "data");
    try (EmbeddedDatabase database = EmbeddedDatabase.start(data)) {
      return new RollingRestart(jar, directory, database).rollOut();
    }
  }

  private String rollOut()
      throws IOException, InterruptedException, ExecutionException, SQLException {
    try (nginx) {
      banks[0] = start(0, Map.of());
      banks[1] = start(1, Map.of());
      nginx.start();
      URI address = nginx.address();
      Town town = Town.founded(database, address, CUSTOMERS);
      long before = town.number("SELECT count(*) FROM transfers");
      Timeline transfers = new Timeline(address, town.transfers(), TRANSFERS_PER_SECOND);
      Timeline views = new Timeline(address, town.views(), VIEWS_PER_SECOND);
      Timeline.Marks marks = new Timeline.Marks();
      try (transfers;
          views) {
        pause(WARM_UP);
        marks.add("migration");
        migrate();
        pause(BETWEEN);
        for (int i = 0; i < banks.length; i++) {
          marks.add("bank " + (i + 1));
          restart(i);
          pause(BETWEEN);
        }
      }
      long posted = town.number("SELECT count(*) FROM transfers") - before;
      return report(transfers, views, marks, posted);
    } finally {
      for (RunningBank bank : banks) {
        if (bank != null) {
          bank.close();
        }
      }
    }
  }

  private void restart(int i) throws IOException, InterruptedException {
    nginx.passOver(i);
    pause(UNTIL_ALL_KNOW);
    banks[i].close();
    banks[i] = start(i, laterVersion());
    nginx.passOverNobody();
  }

  private RunningBank start(int i, Map<String, String> more) throws IOException {
    Map<String, String> settings =
        new HashMap<>(
            Map.of("BANK_PORT", Integer.toString(ports[i]), "BANK_TRUSTED_PROXIES", "127.0.0.1"));
    settings.putAll(more);
    Path log = Files.createTempFile(directory, "bank-" + (i + 1) + "-", ".log");
    RunningBank bank = RunningBank.start(jar, database, settings, log);
    long end = System.nanoTime() + READY_WITHIN.toNanos();
    while (!isReady(bank.address())) {
      if (System.nanoTime() > end) {
        throw new IOException("the bank is not ready; " + log + " may say why");
      }
      pause(POLL);
    }
    return bank;
  }

  private static boolean isReady(URI bank) throws IOException {
    HttpURLConnection probe =
        (HttpURLConnection) bank.resolve("/health/readiness").toURL().openConnection();
    try {
      return probe.getResponseCode() == Town.OK;
    } finally {
      probe.disconnect();
    }
  }

  private void migrate() throws IOException, InterruptedException {
    Path log = directory.resolve("migration.log");
    int status = RunningBank.migrate(jar, database, laterVersion(), log);
    if (status != 0) {
      throw new IOException("the migration ended with " + status + "; " + log + " says why");
    }
  }

  private Map<String, String> laterVersion() {
    return Map.of(
        "FLYWAY_DATASOURCES_DEFAULT_LOCATIONS",
        "classpath:db/migration,filesystem:" + migrations.toAbsolutePath());
  }

  private String report(Timeline transfers, Timeline views, Timeline.Marks marks, long posted)
      throws IOException {
    Files.writeString(
        directory.resolve("rolling-restart.svg"), plot(transfers, views, marks).svg());
    Table table = new Table("", "requests", "failed", "p50 ms", "p99 ms", "max ms");
    row(table, "transfers", transfers.all());
    row(table, "looks at an account", views.all());
    String report =
        """
        ## A new version rolled out under load

        Two banks behind nginx; a migration, then one bank after the other is stopped and started
        anew. %d transfers and %d looks at an account a second, each over a connection of its own
        and sent once. Milliseconds from when a request was due to its answer.

        %s
        ![requests and latency while a new version is rolled out](rolling-restart.svg)
        """
            .formatted(TRANSFERS_PER_SECOND, VIEWS_PER_SECOND, table);
    List<String> failures = new ArrayList<>(transfers.failures());
    failures.addAll(views.failures());
    long answered = transfers.all().micros().getTotalCount();
    if (!failures.isEmpty() || posted != answered) {
      throw new IllegalStateException(
          "%s%nfailed: %s%nposted: %d, answered with 201: %d"
              .formatted(report, failures, posted, answered));
    }
    return report;
  }

  private static void row(Table table, String name, Measured measured) {
    table.row(
        name,
        Long.toString(measured.micros().getTotalCount() + measured.failures()),
        Long.toString(measured.failures()),
        millis(measured, 50),
        millis(measured, 99),
        millis(measured, 100));
  }

  private static String millis(Measured measured, int percentile) {
    return String.format(Locale.ROOT, "%.1f", measured.millis(percentile));
  }

  private static Plot plot(Timeline transfers, Timeline views, Timeline.Marks marks) {
    int seconds = Math.min(transfers.seconds(), views.seconds());
    int[] across = new int[seconds];
    for (int i = 0; i < seconds; i++) {
      across[i] = i;
    }
    Plot plot = new Plot("A new version rolled out under load (seconds)", across);
    plot.panel("answers/s")
        .line("transfers", transfers.counts(seconds))
        .line("looks", views.counts(seconds));
    plot.panel("ms, slowest of a second")
        .line("transfers", transfers.slowest(seconds))
        .line("looks", views.slowest(seconds));
    marks.on(plot, transfers);
    return plot;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void pause(Duration length) {
    long end = System.nanoTime() + length.toNanos();
    for (long left = length.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(Math.min(left, TimeUnit.SECONDS.toNanos(1)));
    }
  }
}
