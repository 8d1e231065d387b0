package io.simplebank.bench;

import io.simplebank.bootstrap.postgres.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * On what the bank spends its processors while it posts transfers, by the samples of Java's flight
 * recorder. Each sample counts for the innermost part of the bank that it names.
 */
final class Profile {
  private static final int CONNECTIONS = 64;
  private static final int COSTS = 5;
  private static final int METHODS = 3;

  /** From the inside to the outside: the first that a stack trace names is what it counts for. */
  private enum Cost {
    DRIVER(
        "PostgreSQL driver",
        "org\\.postgresql\\..*",
        "three round trips for each group of transfers, whole columns as arrays, only the commands"
            + " that a group needs"),
    POOL(
        "connection pool",
        "com\\.zaxxer\\..*",
        "one connection for each group of transfers or of looks at accounts, not for each request"),
    TOKEN(
        "access tokens",
        "(com\\.nimbusds|io\\.micronaut\\.security)\\..*",
        "a signature is checked once (`KnownTokens`), and the rules are plain calls (`Guard`)"),
    JSON(
        "JSON",
        "(com\\.fasterxml|io\\.micronaut\\.(serde|json|jackson))\\..*",
        "answers are written by serializers made at compile time"),
    DATA(
        "transactions and rows",
        "io\\.micronaut\\.(data|transaction)\\..*",
        "one transaction for each group; locked accounts are read by hand"),
    NETTY(
        "HTTP and the network",
        "(io\\.netty|io\\.micronaut\\.http)\\..*",
        "no reactive streams around a request; what is left reads and writes sockets"),
    BANK("the bank itself", "io\\.simplebank\\..*", "decided in memory, hashed in a binary form"),
    FRAMEWORK(
        "the rest of the framework",
        "(io\\.micronaut|reactor)\\..*",
        "the id of a request goes beside the log without a copy of all that is there"),
    JAVA(
        "threads and the rest of Java",
        ".*",
        "a virtual thread for each request, one of the platform for the writer");

    private final String title;
    private final Pattern types;
    private final String done;

    Cost(String title, String types, String done) {
      this.title = title;
      this.types = Pattern.compile(types);
      this.done = done;
    }

    boolean has(String type) {
      return types.matcher(type).matches();
    }
  }

  private final Path directory;
  private final Duration length;
  private final int accounts;

  Profile(Path directory, Duration length, int accounts) {
    this.directory = directory;
    this.length = length;
    this.accounts = accounts;
  }

  /** Measures, and returns what came of it as Markdown. */
  String run(Path jar) throws IOException, InterruptedException, ExecutionException, SQLException {
    Path recording = directory.resolve("transfers.jfr");
    Files.deleteIfExists(recording);
    Path data = Files.createTempDirectory(directory, "data");
    // By a delay, so that what is compiled and warmed up does not count.
    long delay = 2 * length.toSeconds() + 20;
    List<String> options =
        List.of(
            "-XX:StartFlightRecording:settings=profile,dumponexit=true,delay=%ds,filename=%s"
                .formatted(delay, recording),
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:+DebugNonSafepoints");
    try (EmbeddedDatabase database = EmbeddedDatabase.start(data);
        RunningBank bank =
            RunningBank.start(jar, database, Map.of(), directory.resolve("profile.log"), options)) {
      Town town = Town.founded(database, bank.address(), accounts);
      var _ = town.transfers().flatOut(CONNECTIONS, Duration.ofSeconds(delay).plus(length));
    }
    return report(RecordingFile.readAllEvents(recording));
  }

  private static String report(List<RecordedEvent> events) {
    Map<Cost, Map<String, Long>> costs = new HashMap<>();
    long all = 0;
    for (RecordedEvent event : events) {
      if (event.getEventType().getName().equals("jdk.ExecutionSample")
          && event.getStackTrace() != null) {
        List<RecordedFrame> frames = event.getStackTrace().getFrames();
        Cost cost = cost(frames);
        costs
            .computeIfAbsent(cost, first -> new HashMap<>())
            .merge(name(culprit(frames, cost)), 1L, Long::sum);
        all++;
      }
    }
    long samples = all;
    Table table =
        new Table(
            "share of the processor time in Java", "spent on", "most of it in", "what was done");
    costs.entrySet().stream()
        .sorted(Comparator.comparingLong(entry -> -sum(entry.getValue())))
        .limit(COSTS)
        .forEach(
            entry ->
                table.row(
                    share(sum(entry.getValue()), samples),
                    entry.getKey().title,
                    methods(entry.getValue(), samples),
                    entry.getKey().done));
    return "## On what time goes while transfers are posted\n\n"
        + CONNECTIONS
        + " connections; "
        + samples
        + " samples of the flight recorder.\n\n"
        + table;
  }

  private static Cost cost(List<RecordedFrame> frames) {
    for (RecordedFrame frame : frames) {
      String type = type(frame);
      for (Cost cost : Cost.values()) {
        if (cost != Cost.JAVA && cost.has(type)) {
          return cost;
        }
      }
    }
    return Cost.JAVA;
  }

  /** The innermost frame of the part that a sample counts for. */
  private static RecordedFrame culprit(List<RecordedFrame> frames, Cost cost) {
    Predicate<RecordedFrame> belongs = frame -> cost.has(type(frame));
    return frames.stream().filter(belongs).findFirst().orElse(frames.getFirst());
  }

  private static String type(RecordedFrame frame) {
    return frame.getMethod().getType().getName();
  }

  private static String name(RecordedFrame frame) {
    String type = type(frame);
    return "`"
        + type.substring(type.lastIndexOf('.') + 1)
        + "."
        + frame.getMethod().getName()
        + "`";
  }

  private static long sum(Map<String, Long> methods) {
    return methods.values().stream().mapToLong(Long::longValue).sum();
  }

  private static String methods(Map<String, Long> methods, long samples) {
    return methods.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(METHODS)
        .map(entry -> entry.getKey() + " " + share(entry.getValue(), samples))
        .collect(Collectors.joining(", "));
  }

  private static String share(long count, long all) {
    return String.format(Locale.ROOT, "%.0f %%", 100.0 * count / all);
  }
}
