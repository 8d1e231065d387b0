package io.simplebank.bench;

import io.simplebank.bootstrap.postgres.EmbeddedDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.HdrHistogram.Histogram;

/**
 * What transfers notice of fifty people who log in at the same time: nothing to speak of, as long
 * as hashing passwords is bounded. Two banks share a database: one as it comes, and one that may
 * hash as many passwords at a time as people ask for.
 */
final class LoginStorm {
  private static final int TRANSFERS_PER_SECOND = 50;
  private static final int PEOPLE = 50;
  private static final int COST = 12;
  private static final int ROUNDS = 3;
  private static final Duration ROUND = Duration.ofSeconds(20);
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final Duration GATHERING = Duration.ofSeconds(2);

  private LoginStorm() {}

  /** Measures, and returns what came of it as Markdown. */
  static String run(Path jar, Path directory)
      throws IOException, InterruptedException, ExecutionException {
    Path data = Files.createTempDirectory(directory, "data");
    try (EmbeddedDatabase database = EmbeddedDatabase.start(data);
        RunningBank bounded =
            RunningBank.start(
                jar,
                database,
                Map.of("BANK_PASSWORD_HASH_COST", Integer.toString(COST)),
                directory.resolve("bounded.log"));
        RunningBank unbounded =
            RunningBank.start(
                jar,
                database,
                Map.of(
                    "BANK_PASSWORD_HASH_COST",
                    Integer.toString(COST),
                    "BANK_PASSWORD_HASH_THREADS",
                    Integer.toString(PEOPLE)),
                directory.resolve("unbounded.log"))) {
      return measure(bounded.address(), unbounded.address());
    }
  }

  private static String measure(URI bounded, URI unbounded)
      throws IOException, InterruptedException, ExecutionException {
    LoginLoad logins = new LoginLoad(unbounded, PEOPLE);
    TransferLoad transfers = new TransferLoad(unbounded, TRANSFERS_PER_SECOND);
    for (URI bank : List.of(bounded, unbounded)) {
      transfers.run(bank, WARM_UP);
      new Figures().duringStorm(bank, transfers, logins, WARM_UP);
    }
    Figures quiet = new Figures();
    Figures storm = new Figures();
    Figures unboundedStorm = new Figures();
    for (int round = 0; round < ROUNDS; round++) {
      quiet.without(bounded, transfers, ROUND);
      storm.duringStorm(bounded, transfers, logins, ROUND);
      unboundedStorm.duringStorm(unbounded, transfers, logins, ROUND);
    }
    return report(quiet, storm, unboundedStorm);
  }

  private static String report(Figures quiet, Figures storm, Figures unboundedStorm) {
    StringBuilder report = new StringBuilder();
    report.append(
        """
        ## Transfers during a storm of logins

        %d transfers a second, %d rounds of %d s each, in turn; %d people log in over and over
        (bcrypt, cost %d). Milliseconds from when a transfer was due to its answer.

        | | A: no logins | B: logins | B/A | C: logins, %d hashing threads | C/A |
        |---|--:|--:|--:|--:|--:|
        """
            .formatted(TRANSFERS_PER_SECOND, ROUNDS, ROUND.toSeconds(), PEOPLE, COST, PEOPLE));
    for (int percentile : new int[] {50, 90, 99, 100}) {
      double alone = quiet.millis(percentile);
      report.append(
          row(
              percentile == 100 ? "max" : "p" + percentile,
              figure(alone),
              figure(storm.millis(percentile)),
              figure(storm.millis(percentile) / alone),
              figure(unboundedStorm.millis(percentile)),
              figure(unboundedStorm.millis(percentile) / alone)));
    }
    report.append(
        row(
            "not posted",
            Long.toString(quiet.failures),
            Long.toString(storm.failures),
            "",
            Long.toString(unboundedStorm.failures),
            ""));
    report.append(
        row(
            "logins/s",
            "",
            figure(storm.perSecond(storm.logins)),
            "",
            figure(unboundedStorm.perSecond(unboundedStorm.logins)),
            ""));
    report.append(
        row(
            "told to come back/s",
            "",
            figure(storm.perSecond(storm.refusals)),
            "",
            figure(unboundedStorm.perSecond(unboundedStorm.refusals)),
            ""));
    return report.toString();
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /** What was measured in all rounds of one kind. */
  private static final class Figures {
    private final Histogram times = new Histogram(TransferLoad.LONGEST_MICROS, TransferLoad.DIGITS);
    private Duration length = Duration.ZERO;
    private long failures;
    private long logins;
    private long refusals;

    void without(URI bank, TransferLoad transfers, Duration round) throws InterruptedException {
      long failuresBefore = transfers.failures();
      times.add(transfers.run(bank, round));
      failures += transfers.failures() - failuresBefore;
      length = length.plus(round);
    }

    void duringStorm(URI bank, TransferLoad transfers, LoginLoad people, Duration round)
        throws InterruptedException, ExecutionException {
      LoginLoad.Storm storm = people.begin(bank);
      Thread.sleep(GATHERING);
      long loginsBefore = people.logins();
      long refusalsBefore = people.refusals();
      without(bank, transfers, round);
      logins += people.logins() - loginsBefore;
      refusals += people.refusals() - refusalsBefore;
      storm.end();
    }

    double millis(double percentile) {
      return times.getValueAtPercentile(percentile) / 1000.0;
    }

    double perSecond(long count) {
      return count / (double) length.toSeconds();
    }
  }
}
