package io.simplebank.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;

/** Runs every scenario and writes down what came of it. */
final class Bench {
  private static final long GIB = 1L << 30;

  private Bench() {}

  /**
   * @param args the bank's jar, and the directory for {@code report.md}, its pictures and the
   *     banks' logs
   */
  public static void main(String[] args)
      throws IOException, InterruptedException, ExecutionException, SQLException {
    Path jar = Path.of(args[0]);
    Path directory = Files.createDirectories(Path.of(args[1]));
    Duration length = Duration.ofSeconds(Integer.getInteger("bench.seconds", 15));
    int accounts = Integer.getInteger("bench.accounts", 10_000);
    List<String> scenarios =
        List.of(System.getProperty("bench.scenarios", "throughput,profile,storm").split(",", -1));
    StringBuilder report = new StringBuilder("# Measurements\n\n" + machine() + "\n");
    for (String scenario : scenarios) {
      report.append('\n');
      report.append(
          switch (scenario) {
            case "throughput" ->
                new Throughput(
                        directory,
                        length,
                        accounts,
                        Integer.getInteger("bench.many-accounts", 100_000),
                        Long.getLong("bench.many-entries", 1_000_000))
                    .run(jar);
            case "profile" -> new Profile(directory, length, accounts).run(jar);
            case "storm" -> LoginStorm.run(jar, directory);
            case "rolling-restart" -> RollingRestart.run(jar, directory);
            default ->
                throw new IllegalArgumentException(
                    "bench.scenarios are throughput, profile, storm, rolling-restart, not "
                        + scenario);
          });
    }
    Files.writeString(directory.resolve("report.md"), report);
    System.out.println(report);
  }

  private static String machine() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return String.format(
        Locale.ROOT,
        "%s, %s %s, %d cores, %d GiB, Java %s, load average %.1f before the start.%n"
            + "Load, bank and PostgreSQL (fsync on) share the machine.",
        Instant.now().truncatedTo(ChronoUnit.MINUTES),
        system.getName(),
        system.getArch(),
        system.getAvailableProcessors(),
        Math.round((double) system.getTotalMemorySize() / GIB),
        Runtime.version(),
        system.getSystemLoadAverage());
  }
}
