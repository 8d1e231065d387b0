package io.simplebank.bench;

import io.simplebank.bootstrap.postgres.EmbeddedDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * How soon the bank is there, and how much it does on this machine, beside what the same server
 * does for plain SQL: transfers by the number of connections, into one account, in batches, one
 * after the other; looking at accounts; and all of it again in a large town.
 */
final class Throughput {
  private static final int[] CONNECTIONS = {1, 4, 16, 64, 256};
  private static final int USUAL_CONNECTIONS = 64;
  private static final int BATCH_CONNECTIONS = 4;
  private static final int ROUNDS = 3;
  private static final int STARTS = 7;

  private final Path directory;
  private final Duration length;
  private final int accounts;
  private final int manyAccounts;
  private final long manyEntries;
  private final Table targets = new Table("what", "measured", "target", "");
  private final StringBuilder report = new StringBuilder();

  /**
   * @param length of each measurement
   * @param accounts in the small town
   * @param manyAccounts in the large one
   * @param manyEntries there
   */
  Throughput(Path directory, Duration length, int accounts, int manyAccounts, long manyEntries) {
    this.directory = directory;
    this.length = length;
    this.accounts = accounts;
    this.manyAccounts = manyAccounts;
    this.manyEntries = manyEntries;
  }

  /** Measures, draws, and returns what came of it as Markdown. */
  String run(Path jar) throws IOException, InterruptedException, ExecutionException, SQLException {
    Training.ensure(jar);
    Path data = Files.createTempDirectory(directory, "data");
    try (EmbeddedDatabase database = EmbeddedDatabase.start(data)) {
      RunningBank.start(jar, database, Map.of(), directory.resolve("migration.log")).close();
      starts(jar, database);
      try (RunningBank bank =
          RunningBank.start(jar, database, Map.of(), directory.resolve("throughput.log"))) {
        measure(jar, database, bank);
      }
    }
    return "## Starting, transfers and reads\n\n" + targets + "\n" + report;
  }

  /** On a database whose tables are up to date, as almost every start. */
  private void starts(Path jar, EmbeddedDatabase database) throws IOException {
    List<Double> seconds = new ArrayList<>();
    List<Double> busy = new ArrayList<>();
    List<Double> mebibytes = new ArrayList<>();
    for (int start = 0; start < STARTS; start++) {
      long begin = System.nanoTime();
      try (RunningBank bank =
          RunningBank.start(jar, database, Map.of(), directory.resolve("start.log"))) {
        awaitReady(bank.address());
        seconds.add((System.nanoTime() - begin) / 1e9);
        busy.add(bank.processorTime().toMillis() / 1000.0);
        mebibytes.add((double) bank.residentMebibytes());
      }
    }
    below(
        "start to the first 200 of `/health/readiness`, median of " + STARTS,
        "**%s** s, of processor time %s s"
            .formatted(hundredths(median(seconds)), hundredths(median(busy))),
        median(seconds),
        0.7);
    below(
        "resident memory then",
        "**%s** MiB".formatted(whole(median(mebibytes))),
        median(mebibytes),
        200);
  }

  private static double median(List<Double> figures) {
    return figures.stream().sorted().toList().get(figures.size() / 2);
  }

  private static void awaitReady(URI bank) throws IOException {
    byte[] probe = Wire.get("/health/readiness", "");
    try (Wire wire = new Wire(bank)) {
      while (wire.send(probe) != Town.OK) {
        Thread.onSpinWait();
      }
    }
  }

  private void measure(Path jar, EmbeddedDatabase database, RunningBank bank)
      throws IOException, InterruptedException, ExecutionException, SQLException {
    PlainSql reference = PlainSql.on(database, directory, accounts);
    Town town = Town.founded(database, bank.address(), accounts);
    // The compiler of the bank's Java has to see everything before it is measured.
    for (Load load : List.of(town.transfers(), town.transfersToOne(), town.views())) {
      var _ = load.flatOut(USUAL_CONNECTIONS, length);
    }
    double sql = reference.perSecond(length);
    double sqlIntoOne = reference.perSecondIntoOne(length);
    double spread = transfersByConnections(town, bank, sql);
    intoOne(town, spread, sqlIntoOne);
    atRate(town, (int) (0.7 * spread));
    batches(town);
    long resident = bank.residentMebibytes();
    alone(town, reference);
    reads(town);
    growth(jar, town);
    resident = Math.max(resident, bank.residentMebibytes());
    below(
        "resident memory under full load",
        "**%d** MiB".formatted(resident),
        (double) resident,
        400);
  }

  private double transfersByConnections(Town town, RunningBank bank, double sql)
      throws IOException, InterruptedException, ExecutionException {
    Table table =
        new Table(
            "connections",
            "transfers/s",
            "p50 ms",
            "p90 ms",
            "p99 ms",
            "max ms",
            "bank's CPU, µs each");
    Plot plot = new Plot("POST /transfers by connections", CONNECTIONS);
    List<Double> perSecond = new ArrayList<>();
    List<Double> p50 = new ArrayList<>();
    List<Double> p99 = new ArrayList<>();
    double usual = 0;
    for (int connections : CONNECTIONS) {
      Duration before = bank.processorTime();
      Measured measured = flatOut(town.transfers(), connections);
      Duration busy = bank.processorTime().minus(before);
      table.row(
          Integer.toString(connections),
          whole(measured.perSecond()),
          tenths(measured.millis(50)),
          tenths(measured.millis(90)),
          tenths(measured.millis(99)),
          tenths(measured.millis(100)),
          whole(busy.toNanos() / 1000.0 / measured.micros().getTotalCount()));
      perSecond.add(measured.perSecond());
      p50.add(measured.millis(50));
      p99.add(measured.millis(99));
      if (connections == USUAL_CONNECTIONS) {
        usual = measured.perSecond();
      }
    }
    plot.panel("transfers/s")
        .line("bank", perSecond)
        .line("plain SQL, 16 clients", perSecond.stream().map(any -> sql).toList());
    plot.panel("milliseconds").line("p50", p50).line("p99", p99);
    Files.writeString(directory.resolve("transfers.svg"), plot.svg());
    report.append(
        """
        **`POST /transfers` among %d accounts**, every connection as fast as it is answered. Plain
        SQL (%s, 16 clients, statement by statement): %s transfers/s.

        %s
        ![Throughput and latency by connections](transfers.svg)

        """
            .formatted(accounts, PlainSql.tool(), whole(sql), table));
    atLeast(
        "`POST /transfers`, %d connections, %d accounts".formatted(USUAL_CONNECTIONS, accounts),
        whole(usual) + "/s, plain SQL " + whole(sql) + "/s",
        usual / sql,
        1.5);
    return usual;
  }

  private void intoOne(Town town, double spread, double sqlIntoOne)
      throws InterruptedException, ExecutionException, IOException {
    double intoOne = flatOut(town.transfersToOne(), USUAL_CONNECTIONS).perSecond();
    atLeast(
        "the same, all into one account",
        whole(intoOne) + "/s, plain SQL " + whole(sqlIntoOne) + "/s",
        intoOne / sqlIntoOne,
        10);
    atLeast("that, beside spread out", whole(intoOne) + "/s", intoOne / spread, 0.8);
  }

  private void atRate(Town town, int rate)
      throws InterruptedException, ExecutionException, IOException {
    Measured measured = checked(town.transfers().atRate(USUAL_CONNECTIONS, rate, length));
    Table table = new Table("transfers/s", "p50 ms", "p90 ms", "p99 ms", "p99.9 ms", "max ms");
    table.row(
        whole(measured.perSecond()),
        tenths(measured.millis(50)),
        tenths(measured.millis(90)),
        tenths(measured.millis(99)),
        tenths(measured.millis(99.9)),
        tenths(measured.millis(100)));
    report.append(
        """
        **At a fixed rate**, 70 %% of that. Times count from when a transfer was due.

        %s
        """
            .formatted(table));
  }

  private void batches(Town town) throws InterruptedException, ExecutionException, IOException {
    Measured measured = flatOut(town.batches(), BATCH_CONNECTIONS);
    double transfers = measured.perSecond() * Town.BATCH;
    atLeast(
        "`POST /transfers/batch` of 1 000, %d connections".formatted(BATCH_CONNECTIONS),
        whole(transfers) + " transfers/s, p50 " + whole(measured.millis(50)) + " ms",
        transfers / 1000,
        15);
  }

  private void alone(Town town, PlainSql reference)
      throws InterruptedException, ExecutionException, SQLException, IOException {
    Measured sql = new Measured(Measured.histogram(), 0, Duration.ZERO);
    Measured bank = new Measured(Measured.histogram(), 0, Duration.ZERO);
    // In turn, because the disk is faster at one time than at another.
    for (int round = 0; round < ROUNDS; round++) {
      Duration part = length.dividedBy(ROUNDS);
      sql.micros().add(reference.inOneRoundTrip(part).micros());
      bank.micros().add(checked(town.transfers().flatOut(1, part)).micros());
    }
    atMost(
        "one caller alone, p50",
        hundredths(bank.millis(50))
            + " ms, plain SQL in one round trip "
            + hundredths(sql.millis(50))
            + " ms",
        bank.millis(50) / sql.millis(50),
        1.5);
  }

  private void reads(Town town) throws InterruptedException, ExecutionException, IOException {
    var _ = flatOut(town.constants(), USUAL_CONNECTIONS);
    double constants = flatOut(town.constants(), USUAL_CONNECTIONS).perSecond();
    double views = flatOut(town.views(), USUAL_CONNECTIONS).perSecond();
    atLeast(
        "`GET /accounts/{id}`, %d connections".formatted(USUAL_CONNECTIONS),
        whole(views) + "/s, constant JSON " + whole(constants) + "/s",
        views / constants,
        0.5);
  }

  /**
   * In turn with a small town that has a server and a bank of its own, because the machine is
   * faster at one time than at another. Both warm up first: the small one's Java has seen nothing
   * yet, and of the large one each page goes whole into the WAL once after the checkpoints of its
   * filling.
   */
  private void growth(Path jar, Town large)
      throws IOException, InterruptedException, ExecutionException, SQLException {
    large.grow(manyAccounts);
    large.trade(manyEntries);
    double atFirst = flatOut(large.transfers(), USUAL_CONNECTIONS).perSecond();
    Path data = Files.createTempDirectory(directory, "data");
    try (EmbeddedDatabase database = EmbeddedDatabase.start(data);
        RunningBank bank =
            RunningBank.start(jar, database, Map.of(), directory.resolve("small.log"))) {
      Town small = Town.founded(database, bank.address(), accounts);
      double inSmall = 0;
      double inLarge = 0;
      for (int round = -ROUNDS; round < ROUNDS; round++) {
        double first = flatOut(small.transfers(), USUAL_CONNECTIONS).perSecond();
        double second = flatOut(large.transfers(), USUAL_CONNECTIONS).perSecond();
        if (round >= 0) {
          inSmall += first / ROUNDS;
          inLarge += second / ROUNDS;
        }
      }
      atLeast(
          "%d accounts, %d entries".formatted(large.customers(), large.entries()),
          "%s/s (at first %s/s), in turn with %d accounts and %d entries %s/s"
              .formatted(whole(inLarge), whole(atFirst), accounts, small.entries(), whole(inSmall)),
          inLarge / inSmall,
          0.8);
    }
  }

  private Measured flatOut(Load load, int connections)
      throws InterruptedException, ExecutionException, IOException {
    return checked(load.flatOut(connections, length));
  }

  private static Measured checked(Measured measured) throws IOException {
    if (measured.failures() > 0) {
      throw new IOException(measured.failures() + " requests were not answered as they should be");
    }
    return measured;
  }

  private void atLeast(String what, String figures, double ratio, double bound) {
    target(
        what, figures + ": " + bold(hundredths(ratio)), "≥ " + hundredths(bound), ratio >= bound);
  }

  private void atMost(String what, String figures, double ratio, double bound) {
    target(
        what, figures + ": " + bold(hundredths(ratio)), "≤ " + hundredths(bound), ratio <= bound);
  }

  private void below(String what, String figures, double figure, double limit) {
    target(what, figures, "< " + hundredths(limit), figure < limit);
  }

  private void target(String what, String measured, String aim, boolean met) {
    targets.row(what, measured, aim, met ? "met" : "missed");
  }

  private static String bold(String figure) {
    return "**" + figure + "**";
  }

  private static String whole(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }

  private static String tenths(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String hundredths(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
