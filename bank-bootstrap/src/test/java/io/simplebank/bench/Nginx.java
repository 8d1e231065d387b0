package io.simplebank.bench;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The proxy of {@code compose.yaml}, with its very configuration, in front of banks beside it. */
final class Nginx implements AutoCloseable {
  private static final Path CONFIGURATION = Path.of("../deploy/compose/nginx.conf");
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int NOBODY = -1;

  private final Path directory;
  private final Path configuration;
  private final Path log;
  private final int port;
  private final int[] banks;

  Nginx(Path directory, int port, int... banks) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.configuration = directory.resolve("nginx.conf").toAbsolutePath();
    this.log = directory.resolve("nginx.log");
    this.port = port;
    this.banks = banks.clone();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  void start() throws IOException, InterruptedException {
    configure(NOBODY);
    tell("-t");
    tell();
    while (!listens()) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** That bank gets no new requests any more. */
  void passOver(int bank) throws IOException, InterruptedException {
    configure(bank);
    tell("-s", "reload");
  }

  /** All banks get requests. */
  void passOverNobody() throws IOException, InterruptedException {
    passOver(NOBODY);
  }

  private void configure(int down) throws IOException {
    // The workers of a root's nginx are nobody, who may not write here.
    String user = "root".equals(System.getProperty("user.name")) ? "user root;\n" : "";
    String text =
        user
            + Files.readString(CONFIGURATION)
                .replace("/tmp/", directory.toAbsolutePath() + "/")
                .replace("/dev/stderr", log.toAbsolutePath().toString())
                .replace("listen 8080", "listen 127.0.0.1:" + port);
    for (int i = 0; i < banks.length; i++) {
      String server = "server bank-" + (i + 1) + ":8080";
      if (!text.contains(server)) {
        throw new IOException(CONFIGURATION + " has no " + server);
      }
      text = text.replace(server, "server 127.0.0.1:" + banks[i] + (i == down ? " down" : ""));
    }
    Files.writeString(configuration, text);
  }

  private boolean listens() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (ConnectException e) {
      return false;
    }
  }

  private void tell(String... what) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("nginx", "-c", configuration.toString());
    builder.command().addAll(List.of(what));
    Path output = directory.resolve("nginx.out");
    int status =
        builder.redirectErrorStream(true).redirectOutput(output.toFile()).start().waitFor();
    if (status != 0) {
      throw new IOException("nginx ended with " + status + ": " + Files.readString(output));
    }
  }

  @Override
  public void close() throws IOException {
    try {
      tell("-s", "quit");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
