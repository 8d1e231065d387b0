package io.simplebank.bench;

import io.simplebank.bootstrap.postgres.EmbeddedDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The packaged bank in a process of its own, as one of the servers on a database, with the options
 * for Java that the image has too; and with an AOT cache, where {@link Training} has made one.
 */
final class RunningBank implements AutoCloseable {
  static final String BANKER = "banker";
  static final String BANKERS_PASSWORD = "in the vault";

  static final String SECRET = "the same for every bank on this database";

  private static final String GREETING = "The bank answers at ";
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Process process;
  private final URI address;

  private RunningBank(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /** Starts a bank with those settings and waits until it answers; its output goes to the log. */
  static RunningBank start(
      Path jar, EmbeddedDatabase database, Map<String, String> settings, Path log)
      throws IOException {
    return start(jar, database, settings, log, List.of());
  }

  /** The same, with more options for its Java. */
  static RunningBank start(
      Path jar,
      EmbeddedDatabase database,
      Map<String, String> settings,
      Path log,
      List<String> options)
      throws IOException {
    List<String> all = new ArrayList<>(options);
    all.add("-XX:AOTCache=" + Training.cacheOf(jar));
    return answering(launch(jar, onDatabase(database, settings), log, all, List.of()), log);
  }

  /**
   * Starts a bank on a database of its own in that directory, of which Java learns that cache. As
   * for the image, it does not learn which methods matter.
   */
  static RunningBank learning(Path jar, Path data, Path log, Path cache) throws IOException {
    return onDataOfItsOwn(
        jar,
        data,
        log,
        List.of(
            "-XX:AOTCacheOutput=" + cache,
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-AOTRecordTraining"));
  }

  /** Starts a bank, with options for Java, on a database of its own in that directory. */
  static RunningBank onDataOfItsOwn(Path jar, Path data, Path log, List<String> options)
      throws IOException {
    Map<String, String> environment = Map.of("BANK_DATA_DIR", data.toString());
    return answering(launch(jar, environment, log, options, List.of()), log);
  }

  private static RunningBank answering(Process process, Path log) throws IOException {
    Optional<String> greeting = greeting(log);
    while (greeting.isEmpty() && process.isAlive()) {
      LockSupport.parkNanos(PAUSE_NANOS);
      greeting = greeting(log);
    }
    if (greeting.isEmpty()) {
      throw new IOException("the bank did not start; " + log + " says why");
    }
    return new RunningBank(process, URI.create(greeting.get()));
  }

  /** Brings the tables up to date, and returns the status with which that ended. */
  static int migrate(Path jar, EmbeddedDatabase database, Map<String, String> settings, Path log)
      throws IOException, InterruptedException {
    Map<String, String> environment = onDatabase(database, settings);
    return launch(jar, environment, log, List.of(), List.of("--migrate-only")).waitFor();
  }

  private static Map<String, String> onDatabase(
      EmbeddedDatabase database, Map<String, String> settings) {
    Map<String, String> environment = new HashMap<>();
    environment.put("BANK_DATABASE_URL", database.jdbcUrl());
    environment.put("BANK_DATABASE_USER", database.username());
    environment.put("BANK_DATABASE_PASSWORD", database.password());
    environment.putAll(settings);
    return environment;
  }

  private static Process launch(
      Path jar,
      Map<String, String> settings,
      Path log,
      List<String> options,
      List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + System.getProperty("bank.options"));
    command.addAll(options);
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("BANK_"));
    environment.put("BANK_PORT", "0");
    environment.put("BANK_JWT_SECRET", SECRET);
    environment.put("BANK_ADMIN_USERNAME", BANKER);
    environment.put("BANK_ADMIN_PASSWORD", BANKERS_PASSWORD);
    environment.putAll(settings);
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    // Whoever is told to stop leaves no bank behind.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    return process;
  }

  private static Optional<String> greeting(Path log) throws IOException {
    return Files.readAllLines(log).stream()
        .filter(line -> line.contains(GREETING))
        .map(line -> line.substring(line.indexOf(GREETING) + GREETING.length()))
        .findFirst();
  }

  URI address() {
    return address;
  }

  /** How long it has kept processors busy, all of them together. */
  Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** How much memory it takes up, in MiB, as the system sees it. */
  long residentMebibytes() throws IOException {
    Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(process.pid())).start();
    String kibibytes = new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    return Long.parseLong(kibibytes.strip()) / 1024;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
