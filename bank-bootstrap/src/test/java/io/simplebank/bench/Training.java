package io.simplebank.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;

/**
 * Lets Java learn what it needs at each start of the bank: which classes, linked how, and which of
 * their methods matter. It is kept in an AOT cache beside the jar, and costs some seconds once.
 */
final class Training {
  private static final int TRANSFERS_PER_SECOND = 50;
  private static final Duration LENGTH = Duration.ofSeconds(4);
  private static final int LOOKS = 100;

  private Training() {}

  /**
   * @param args the bank's jar, and how many seconds to wait, so that a bank that starts just now
   *     has the processors
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path jar = Path.of(args[0]);
    if (isMissing(jar)) {
      Thread.sleep(Duration.ofSeconds(Long.parseLong(args[1])));
      make(jar);
    }
  }

  /** Makes the cache unless there is one of this jar. */
  static void ensure(Path jar) throws IOException, InterruptedException {
    if (isMissing(jar)) {
      make(jar);
    }
  }

  /** Where the cache of a jar is, if there is one. */
  static Path cacheOf(Path jar) {
    return jar.resolveSibling("bank.aot");
  }

  /** Java looks closer, and passes over a cache that does not fit. */
  private static boolean isMissing(Path jar) throws IOException {
    try (Stream<Path> libraries = Files.list(jar.resolveSibling("lib"))) {
      FileTime made = Files.getLastModifiedTime(cacheOf(jar));
      for (Path part : Stream.concat(Stream.of(jar), libraries).toList()) {
        if (Files.getLastModifiedTime(part).compareTo(made) > 0) {
          return true;
        }
      }
      return false;
    } catch (NoSuchFileException e) {
      return true;
    }
  }

  private static void make(Path jar) throws IOException, InterruptedException {
    Path scratch = jar.resolveSibling("training");
    if (Files.exists(scratch)) {
      PathUtils.deleteDirectory(scratch); // Of one who was told to stop.
    }
    Files.createDirectory(scratch);
    Path fresh = scratch.resolve("bank.aot");
    Path data = scratch.resolve("data");
    // Almost every start finds its tables there: what makes them would be in the way.
    RunningBank.onDataOfItsOwn(jar, data, scratch.resolve("first.log"), List.of()).close();
    try (RunningBank bank = RunningBank.learning(jar, data, scratch.resolve("bank.log"), fresh)) {
      var _ = new TransferLoad(bank.address(), TRANSFERS_PER_SECOND).run(bank.address(), LENGTH);
      look(bank.address());
    }
    Files.move(fresh, cacheOf(jar), StandardCopyOption.ATOMIC_MOVE);
    PathUtils.deleteDirectory(scratch);
  }

  private static void look(URI bank) throws IOException, InterruptedException {
    String token =
        Customer.loggedIn(bank, RunningBank.BANKER, RunningBank.BANKERS_PASSWORD).token();
    try (Wire wire = new Wire(bank)) {
      for (int i = 0; i < LOOKS; i++) {
        wire.send(Wire.get("/health/readiness", ""));
        wire.send(Wire.get("/accounts", token));
      }
    }
  }
}
