package io.simplebank.bootstrap.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A JVM of its own that runs an embedded database: one that a test can kill. */
final class DatabaseProcess implements AutoCloseable {

  private final Process process;
  private final String jdbcUrl;

  private DatabaseProcess(Process process, String jdbcUrl) {
    this.process = process;
    this.jdbcUrl = jdbcUrl;
  }

  static DatabaseProcess start(Path directory) throws IOException {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                DatabaseProcess.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .start();
    var output = process.inputReader();
    var said = new StringBuilder();
    for (var line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith("jdbc:")) {
        return new DatabaseProcess(process, line);
      }
      said.append(line).append('\n');
    }
    throw new IOException("the bank did not start:\n" + said);
  }

  String jdbcUrl() {
    return jdbcUrl;
  }

  /** Kills the JVM as {@code kill -9} does; PostgreSQL stays behind. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }

  public static void main(String[] arguments) {
    var database = EmbeddedDatabase.start(Path.of(arguments[0]));
    System.out.println(database.jdbcUrl());
    try {
      // Runs until it is killed.
      while (System.in.read() >= 0) {}
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    database.close();
  }
}
