package io.simplebank.bootstrap.postgres;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.io.file.PathUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's own programs, unpacked from the jar once and kept for the next starts. */
final class PostgresBinaries {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresBinaries.class);

  /** Written last, tells what a whole tree measures: a broken one is unpacked again. */
  private static final String MEASURE = ".measure";

  private final Path bin;

  private PostgresBinaries(Path bin) {
    this.bin = bin;
  }

  /** Finds the programs below {@code cache}, a directory of this bank alone, or puts them there. */
  static PostgresBinaries unpack(Path cache) throws IOException {
    var archive = archive();
    var home = OwnerOnly.directory(cache).toRealPath();
    var tree = home.resolve("postgresql-" + digest(archive));
    if (!isWhole(tree)) {
      LOG.info("unpacking PostgreSQL into {}", tree);
      PathUtils.deleteDirectory(home); // older versions, and what a killed bank half unpacked
      var fresh = OwnerOnly.directory(home.resolve("unpacking"));
      extract(archive, fresh);
      Files.writeString(fresh.resolve(MEASURE), measure(fresh));
      Files.move(fresh, tree, StandardCopyOption.ATOMIC_MOVE);
    }
    return new PostgresBinaries(tree.resolve("bin"));
  }

  /** The version that a data directory must have been made by, such as {@code 18}. */
  String majorVersion() throws IOException {
    var process =
        new ProcessBuilder(bin.resolve("postgres").toString(), "--version")
            .redirectErrorStream(true)
            .start();
    try (var output = process.inputReader()) {
      var words = String.valueOf(output.readLine()).split("[ .]", -1);
      if (words.length < 3) {
        throw new IOException("PostgreSQL does not run here: " + String.join(" ", words));
      }
      return words[2]; // postgres (PostgreSQL) 18.6
    }
  }

  /**
   * Runs a program to its end, its output appended to a file. An interrupt does not cut it short: a
   * database half started or half stopped is worse than a late answer.
   *
   * @return its exit status
   */
  int run(Path output, String program, List<String> arguments) throws IOException {
    var command = new ArrayList<String>();
    if (LinuxUtils.isUnshareAvailable()) {
      // PostgreSQL refuses to run as root. In a user namespace of its own root is nobody, yet the
      // files stay root's.
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(bin.resolve(program).toString());
    command.addAll(arguments);
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    return builder.start().onExit().join().exitValue();
  }

  private static byte[] archive() throws IOException {
    var name = System.getProperty("os.name");
    var system = name.startsWith("Mac") ? "Darwin" : name.startsWith("Win") ? "Windows" : "Linux";
    var architecture = System.getProperty("os.arch");
    try (var stream = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, architecture)) {
      return stream.readAllBytes();
    } catch (IllegalStateException e) {
      throw new EmbeddedDatabaseException(
          "this bank brings no PostgreSQL for %s on %s; run one and set BANK_DATABASE_URL"
              .formatted(system, architecture),
          e);
    }
  }

  private static String digest(byte[] archive) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(archive);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static void extract(byte[] archive, Path target) throws IOException {
    try (InputStream unzipped = new XZInputStream(new ByteArrayInputStream(archive));
        var tar = new TarArchiveInputStream(unzipped)) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        var path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("the PostgreSQL archive reaches out of its place: " + path);
        }
        Files.createDirectories(entry.isDirectory() ? path : path.resolveSibling("."));
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isFile()) {
          Files.copy(tar, path);
          if ((entry.getMode() & 0100) != 0 && !path.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + path + " executable");
          }
        }
      }
    }
  }

  private static boolean isWhole(Path tree) throws IOException {
    var measure = tree.resolve(MEASURE);
    return Files.exists(measure) && Files.readString(measure).equals(measure(tree));
  }

  private static String measure(Path tree) throws IOException {
    try (var files = Files.walk(tree)) {
      var sizes =
          files
              .filter(file -> !file.endsWith(MEASURE) && Files.isRegularFile(file))
              .mapToLong(file -> file.toFile().length())
              .summaryStatistics();
      return sizes.getCount() + " files, " + sizes.getSum() + " bytes";
    }
  }
}
