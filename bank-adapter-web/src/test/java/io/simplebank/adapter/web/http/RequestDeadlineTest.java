package io.simplebank.adapter.web.http;

import static io.simplebank.adapter.web.WebBank.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.when;

import io.simplebank.adapter.web.WebBank;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is slow loses the connection, and nobody else does. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RequestDeadlineTest {
  private WebBank bank;

  @BeforeAll
  void start_a_bank_in_a_hurry() {
    bank = WebBank.with(Map.of("bank.request-timeout", "200ms"));
  }

  @AfterAll
  void stop() {
    bank.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "G",
        "GET /accounts HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        "POST /users HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n{",
        "POST /users HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n186A0\r\n{",
      })
  void hangs_up_on_a_request_that_trickles(String beginning) throws IOException {
    try (Socket socket = bank.connect()) {
      send(socket, beginning);

      assertThat(trickle(socket)).isTrue();
    }
  }

  @Test
  void hangs_up_on_whoever_says_nothing_from_the_start() throws IOException {
    try (Socket socket = bank.connect()) {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void hangs_up_on_whoever_has_nothing_more_to_say() throws IOException {
    try (WebBank patient = WebBank.with(Map.of("micronaut.server.idle-timeout", "1s"));
        Socket socket = patient.connect()) {
      send(socket, request(patient));

      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 200")
          .endsWith("[]");
    }
  }

  @Test
  void waits_between_requests_and_while_it_works() throws Exception {
    try (WebBank oneSecond = WebBank.with(Map.of("bank.request-timeout", "1s"))) {
      CountDownLatch slowClientIsGone = new CountDownLatch(1);
      when(oneSecond.listAccounts.list(any()))
          .thenReturn(List.of())
          .thenAnswer(
              invocation -> {
                assertThat(slowClientIsGone.await(30, TimeUnit.SECONDS)).isTrue();
                return List.of();
              });
      String request = request(oneSecond);
      try (Socket used = oneSecond.connect()) {
        send(used, request);
        assertThat(answer(used)).startsWith("HTTP/1.1 200");
        // On the same connection a second one, which takes longer than a client may.
        send(used, request);
        try (Socket slow = oneSecond.connect()) {
          assertThat(slow.getInputStream().read()).isEqualTo(-1);
        }
        slowClientIsGone.countDown();

        assertThat(answer(used)).startsWith("HTTP/1.1 200");
      }
    }
  }

  private static String request(WebBank bank) {
    return "GET /accounts HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n"
        .formatted(bank.token(ALICE));
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** What comes until the empty list that is the body. */
  private static String answer(Socket socket) throws IOException {
    StringBuilder answer = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (!answer.toString().endsWith("[]")) {
      int next = in.read();
      assertThat(next).as(answer.toString()).isNotNegative();
      answer.append((char) next);
    }
    return answer.toString();
  }

  /** Sends a byte whenever none has come back for a while; whether the other end hung up. */
  private static boolean trickle(Socket socket) throws IOException {
    socket.setSoTimeout(20);
    while (true) {
      try {
        return socket.getInputStream().read() == -1;
      } catch (SocketTimeoutException nothingYet) {
        try {
          send(socket, "x");
        } catch (SocketException hungUp) {
          return true;
        }
      } catch (SocketException hungUp) {
        return true;
      }
    }
  }
}
