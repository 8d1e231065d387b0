package io.simplebank.bench;

import io.simplebank.bootstrap.postgres.EmbeddedDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The packaged bank in a process of its own, as one of the servers on a database. */
final class RunningBank implements AutoCloseable {
  static final String BANKER = "banker";
  static final String BANKERS_PASSWORD = "in the vault";

  private static final String GREETING = "The bank answers at ";

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
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            jar.toString());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("BANK_"));
    environment.put("BANK_PORT", "0");
    environment.put("BANK_DATABASE_URL", database.jdbcUrl());
    environment.put("BANK_DATABASE_USER", database.username());
    environment.put("BANK_DATABASE_PASSWORD", database.password());
    environment.put("BANK_JWT_SECRET", "the same for every bank on this database");
    environment.put("BANK_ADMIN_USERNAME", BANKER);
    environment.put("BANK_ADMIN_PASSWORD", BANKERS_PASSWORD);
    environment.putAll(settings);
    Process process = builder.redirectErrorStream(true).start();
    BufferedReader output = process.inputReader();
    Writer writer = Files.newBufferedWriter(log);
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      writer.write(line + "\n");
      if (line.contains(GREETING)) {
        // Not a virtual thread: reading from a process keeps its carrier.
        Thread.ofPlatform().daemon().start(() -> copy(output, writer));
        String address = line.substring(line.indexOf(GREETING) + GREETING.length());
        return new RunningBank(process, URI.create(address));
      }
    }
    writer.close();
    throw new IOException("the bank did not start; " + log + " says why");
  }

  private static void copy(BufferedReader output, Writer writer) {
    try (writer) {
      output.transferTo(writer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI address() {
    return address;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
