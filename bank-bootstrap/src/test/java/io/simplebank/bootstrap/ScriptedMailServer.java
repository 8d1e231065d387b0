package io.simplebank.bootstrap;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A mail server that answers as it is told to: for what GreenMail does not do, which is STARTTLS,
 * refusals and silence.
 */
final class ScriptedMailServer implements AutoCloseable {
  /** The answer of a server that has gone to sleep. */
  static final String SILENCE = "";

  private static final Map<String, String> CONSENT =
      Map.of(
          "connection", "220 localhost",
          "EHLO", "250 localhost",
          "STARTTLS", "454 not available",
          "MAIL", "250 OK",
          "RCPT", "250 OK",
          "DATA", "354 go on",
          "content", "250 taken",
          "QUIT", "221 bye");

  private final ServerSocket listener;
  private final Map<String, String> script;
  private final @Nullable SSLContext tls;
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  /**
   * @param listener where it listens
   * @param script answers other than consent, by the command; to the mail itself as {@code content}
   * @param tls for STARTTLS, where that is offered
   */
  private ScriptedMailServer(
      ServerSocket listener, Map<String, String> script, @Nullable SSLContext tls) {
    this.listener = listener;
    this.script = script;
    this.tls = tls;
    Thread.ofVirtual().start(this::answerAll);
  }

  /** One that offers no encryption. */
  static ScriptedMailServer plain(Map<String, String> script) throws IOException {
    return new ScriptedMailServer(
        new ServerSocket(0, 0, InetAddress.getLoopbackAddress()), script, null);
  }

  /** One that offers STARTTLS. */
  static ScriptedMailServer startTls(SSLContext tls) throws IOException {
    return new ScriptedMailServer(
        new ServerSocket(0, 0, InetAddress.getLoopbackAddress()),
        Map.of("EHLO", "250-localhost\r\n250 STARTTLS", "STARTTLS", "220 go on"),
        tls);
  }

  /** One that speaks TLS from the first byte. */
  static ScriptedMailServer tls(SSLContext tls) throws IOException {
    return new ScriptedMailServer(
        tls.getServerSocketFactory().createServerSocket(0, 0, InetAddress.getLoopbackAddress()),
        Map.of(),
        tls);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** The commands and mails that it has heard, those that came encrypted marked so. */
  List<String> heard() {
    return List.copyOf(heard);
  }

  private void answerAll() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> answer(socket));
      } catch (IOException e) {
        heard.add(e.toString());
      }
    }
  }

  private void answer(Socket accepted) {
    try {
      Socket socket = accepted;
      BufferedReader reader = reader(socket);
      say(socket, "connection");
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String command = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
        hear(socket, line);
        say(socket, command);
        if (command.equals("STARTTLS") && tls != null) {
          socket = tls.getSocketFactory().createSocket(socket, null, /* autoClose= */ true);
          reader = reader(socket);
        }
        if (command.equals("DATA")) {
          StringBuilder content = new StringBuilder();
          for (String next = reader.readLine(); !next.equals("."); next = reader.readLine()) {
            content.append(next).append('\n');
          }
          hear(socket, content.toString());
          say(socket, "content");
        }
      }
    } catch (IOException e) {
      // The client has had enough of it: that is what some of the tests are about.
      heard.add(e.toString());
    }
  }

  private void hear(Socket socket, String what) {
    heard.add(socket instanceof SSLSocket ? "encrypted " + what : what);
  }

  private void say(Socket socket, String to) throws IOException {
    String answer = script.getOrDefault(to, CONSENT.getOrDefault(to, "500 what?"));
    if (!answer.equals(SILENCE)) {
      socket.getOutputStream().write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
    }
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
