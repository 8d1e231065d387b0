package io.simplebank.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One connection that is kept, HTTP/1.1, one request after the other. It does as little as it can,
 * because whatever it does it takes from the bank's processors.
 */
final class Wire implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final String LENGTH = "content-length:";

  private final Socket socket;
  private final OutputStream out;
  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];

  Wire(URI bank) throws IOException {
    socket = new Socket(bank.getHost(), bank.getPort());
    socket.setTcpNoDelay(true);
    out = socket.getOutputStream();
    in = socket.getInputStream();
  }

  /** A request as bytes, to be sent as often as one likes. */
  static byte[] get(String path, String token) {
    return ("GET " + path + " HTTP/1.1\r\nHost: bank\r\n" + authorization(token) + "\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** A request as bytes, to be sent as often as one likes. */
  static byte[] post(String path, String token, String json) {
    return ("POST "
            + path
            + " HTTP/1.1\r\nHost: bank\r\nContent-Type: application/json\r\n"
            + authorization(token)
            + "Content-Length: "
            + json.length()
            + "\r\n\r\n"
            + json)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static String authorization(String token) {
    return token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n";
  }

  /** Sends a request and reads the whole answer; returns its status. */
  int send(byte[] request) throws IOException {
    out.write(request);
    int read = 0;
    int body = -1;
    while (body < 0) {
      read += readMore(read);
      body = endOfHead(read);
    }
    String head = new String(buffer, 0, body, StandardCharsets.US_ASCII);
    long missing = contentLength(head) - (read - body);
    while (missing > 0) {
      missing -= readMore(0);
    }
    return Integer.parseInt(head, 9, 12, 10);
  }

  private int readMore(int offset) throws IOException {
    int count = in.read(buffer, offset, BUFFER - offset);
    if (count <= 0) {
      throw new EOFException("the bank has hung up");
    }
    return count;
  }

  private int endOfHead(int read) {
    for (int i = 3; i < read; i++) {
      if (buffer[i] == '\n' && buffer[i - 2] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  private static long contentLength(String head) throws IOException {
    int begin = head.toLowerCase(Locale.ROOT).indexOf(LENGTH);
    if (begin < 0) {
      throw new IOException("an answer without a length: " + head);
    }
    return Long.parseLong(
        head.substring(begin + LENGTH.length(), head.indexOf('\r', begin)).strip());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
