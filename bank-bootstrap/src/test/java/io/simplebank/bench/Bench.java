package io.simplebank.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.ExecutionException;

/** Runs every scenario and writes down what came of it. */
final class Bench {
  private static final long GIB = 1L << 30;

  private Bench() {}

  /**
   * @param args the bank's jar, and the directory for {@code report.md} and the banks' logs
   */
  public static void main(String[] args)
      throws IOException, InterruptedException, ExecutionException {
    Path jar = Path.of(args[0]);
    Path directory = Files.createDirectories(Path.of(args[1]));
    String machine = machine();
    String report = "# Measurements\n\n" + machine + "\n\n" + LoginStorm.run(jar, directory) + "\n";
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
