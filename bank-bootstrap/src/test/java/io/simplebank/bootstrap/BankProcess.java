package io.simplebank.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The bank as people start it: a process of its own, told what to do by its environment. */
final class BankProcess implements AutoCloseable {
  private static final String GREETING = "Simple Bank answers at ";
  private static final String LOGGED = "The bank answers at ";

  private final Process process;
  private final URI address;
  private final ConcurrentLinkedQueue<String> output;

  private BankProcess(Process process, URI address, ConcurrentLinkedQueue<String> output) {
    this.process = process;
    this.address = address;
    this.output = output;
  }

  /** Starts a bank on an embedded database in that directory, and waits until it answers. */
  static BankProcess start(Path dataDirectory) throws IOException {
    return start(dataDirectory, Map.of());
  }

  /** The same, with more environment variables. */
  static BankProcess start(Path dataDirectory, Map<String, String> environment) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command(List.of(), List.of()));
    builder.environment().keySet().removeIf(name -> name.startsWith("BANK_"));
    builder.environment().put("BANK_PORT", "0");
    builder.environment().put("BANK_DATA_DIR", dataDirectory.toString());
    builder.environment().put("BANK_PASSWORD_HASH_COST", "4");
    builder.environment().putAll(environment);
    return await(builder, GREETING);
  }

  /** Starts a bank on that database with these options of the JVM, and waits until it answers. */
  static BankProcess startOn(String jdbcUrl, List<String> options, String... more)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command(options, ServerBank.settings(jdbcUrl, more)));
    builder.environment().keySet().removeIf(name -> name.startsWith("BANK_"));
    return await(builder, LOGGED);
  }

  private static List<String> command(List<String> options, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(arguments);
    return command;
  }

  private static BankProcess await(ProcessBuilder builder, String announcement) throws IOException {
    Process process = builder.redirectErrorStream(true).start();
    BufferedReader reader = process.inputReader();
    ConcurrentLinkedQueue<String> output = new ConcurrentLinkedQueue<>();
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      output.add(line);
      int announced = line.indexOf(announcement);
      if (announced >= 0) {
        // Not a virtual thread: reading from a process keeps its carrier.
        Thread.ofPlatform().daemon().start(() -> readOn(reader, output));
        URI address = address(line.substring(announced + announcement.length()));
        return new BankProcess(process, address, output);
      }
    }
    throw new IOException("the bank did not start:\n" + String.join("\n", output));
  }

  /** The address that a line goes on with, which may be JSON. */
  private static URI address(String text) {
    return URI.create(text.replace("\\/", "/").replaceFirst("[\"\\s].*", ""));
  }

  private static void readOn(BufferedReader reader, ConcurrentLinkedQueue<String> output) {
    try {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        output.add(line);
      }
    } catch (IOException e) {
      // The process has been killed, and its pipe with it: there is no more to read.
      output.add(e.toString());
    }
  }

  URI address() {
    return address;
  }

  /** What it has printed so far, its log included. */
  Iterable<String> output() {
    return Collections.unmodifiableCollection(output);
  }

  /** The same without the greeting, which is indented: it tells the made-up password, once. */
  List<String> log() {
    return output.stream().filter(line -> !line.startsWith("  ")).toList();
  }

  /** As {@code kill -9}: nobody gets to say goodbye. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** As {@code kill}: asks it to stop, and waits until it has. Its log must tell no secret. */
  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
    assertThat(KnownSecrets.toldBy(log())).as("what tells a secret").isEmpty();
  }
}
