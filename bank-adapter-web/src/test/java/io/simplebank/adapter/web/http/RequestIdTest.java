package io.simplebank.adapter.web.http;

import static io.simplebank.adapter.web.WebBank.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.when;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.simplebank.adapter.web.Answer;
import io.simplebank.adapter.web.WebBank;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** A request can be found again in every log that it left a line in. */
final class RequestIdTest {
  private final WebBank bank = WebBank.fresh();

  @ParameterizedTest
  @ValueSource(strings = {"a", "0", "8d3f1f1e-6e0d-4b27-a4c5-3e1c36b7d0c1", "client.1_retry-2"})
  void is_what_the_client_says(String id) {
    when(bank.listAccounts.list(any())).thenReturn(List.of());

    assertThat(idOf(listAccounts(id))).isEqualTo(id);
  }

  @Test
  void has_as_many_as_128_characters() {
    String longest = "x".repeat(128);

    assertThat(idOf(listAccounts(longest))).isEqualTo(longest);
    assertIsNew(idOf(listAccounts(longest + "x")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "two words", "a\"b", "a;b", "a/b", "a%0Ab", "<a>", "{}", "caf\u00e9"})
  void is_new_where_the_client_says_what_does_not_belong_in_a_log(String id) {
    Answer answer =
        bank.raw(
            "/accounts",
            "GET /accounts HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Request-Id: "
                + id
                + "\r\n\r\n");

    assertIsNew(idOf(answer));
  }

  @Test
  void is_another_for_each_request_that_has_none() {
    String authorization = "Bearer " + bank.token(ALICE);
    String first =
        idOf(bank.call("GET", "/accounts").header("Authorization", authorization).send());
    String second =
        idOf(bank.call("GET", "/accounts").header("Authorization", authorization).send());

    assertIsNew(first);
    assertIsNew(second);
    assertThat(first).isNotEqualTo(second);
  }

  @Test
  void is_in_every_answer() {
    when(bank.listAccounts.list(any()))
        .thenReturn(List.of())
        .thenThrow(new IllegalStateException("for the test"));

    assertTold(bank.call("GET", "/accounts").as(ALICE), 200);
    assertTold(bank.call("GET", "/accounts").as(ALICE), 500);
    assertTold(bank.call("GET", "/accounts"), 401);
    assertTold(bank.call("POST", "/accounts/3/deposits").as(ALICE).body("{}"), 403);
    assertTold(bank.call("POST", "/users").body("{}"), 400);
    assertTold(bank.call("POST", "/users").body("{"), 400);
    assertTold(bank.call("GET", "/nowhere").as(ALICE), 404);
    assertTold(bank.call("DELETE", "/accounts").as(ALICE), 405);
    assertTold(bank.call("HEAD", "/accounts/3").as(ALICE), 404);
    assertTold(bank.call("POST", "/users").body("x".repeat(1 << 21)), 413);
  }

  @ParameterizedTest
  @CsvSource({
    "GET /%zz HTTP/1.1, 400",
    "GARBAGE, 400",
    "POST /users HTTP/1.1\\nContent-Length: 9999999, 413",
  })
  void is_in_what_is_said_to_requests_that_are_none(String head, int status) {
    Answer answer =
        bank.raw("/", head.replace("\\n", "\r\n") + "\r\nHost: x\r\nConnection: close\r\n\r\n");

    assertThat(answer.status()).isEqualTo(status);
    assertIsNew(idOf(answer));
  }

  @Test
  void is_beside_what_is_logged_by_those_who_work_for_the_request() {
    AtomicReference<Thread> worker = new AtomicReference<>();
    AtomicReference<String> logged = new AtomicReference<>();
    when(bank.listAccounts.list(any()))
        .thenAnswer(
            invocation -> {
              worker.set(Thread.currentThread());
              logged.set(MDC.get("request_id"));
              return List.of();
            });

    listAccounts("of-this-request");
    assertThat(worker.get().isVirtual()).isTrue();
    assertThat(logged).hasValue("of-this-request");

    listAccounts("of-the-next");
    assertThat(logged).hasValue("of-the-next");
  }

  @Test
  void is_beside_what_the_framework_logs_of_a_failure() {
    when(bank.listAccounts.list(any())).thenThrow(new IllegalStateException("for the test"));
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    root.addAppender(log);
    try {
      listAccounts("that-failed");
    } finally {
      root.detachAppender(log);
    }

    assertThat(log.list)
        .filteredOn(event -> event.getThrowableProxy() != null)
        .isNotEmpty()
        .allSatisfy(
            event ->
                assertThat(event.getMDCPropertyMap()).containsEntry("request_id", "that-failed"));
  }

  private Answer listAccounts(String id) {
    return bank.call("GET", "/accounts").as(ALICE).header("X-Request-Id", id).send();
  }

  private static void assertTold(WebBank.Call call, int status) {
    Answer answer = call.header("X-Request-Id", "told").send();
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(idOf(answer)).isEqualTo("told");
  }

  private static void assertIsNew(String id) {
    assertThat(UUID.fromString(id)).hasToString(id);
  }

  private static String idOf(Answer answer) {
    return answer.header("X-Request-Id").orElseThrow();
  }
}
