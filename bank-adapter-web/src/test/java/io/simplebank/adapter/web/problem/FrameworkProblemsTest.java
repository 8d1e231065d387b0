package io.simplebank.adapter.web.problem;

import static io.simplebank.adapter.web.WebBank.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.simplebank.adapter.web.Answer;
import io.simplebank.adapter.web.WebBank;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of requests that never reach a controller, or break it. */
final class FrameworkProblemsTest {
  private static final String TOO_LARGE = "{\"x\": \"" + "x".repeat(1 << 20) + "\"}";

  private final WebBank bank = WebBank.fresh();

  @Test
  void says_to_users_that_a_route_does_not_exist() {
    bank.get(ALICE, "/nowhere").isProblem(404, "not_found", "nothing is at /nowhere");
    bank.get(ALICE, "/").isProblem(404, "not_found", "nothing is at /");
    bank.post(ALICE, "/users/login/x", "{}").isProblem(404, "not_found");
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE, /accounts, GET HEAD POST",
    "PATCH, /accounts/3, GET HEAD",
    "OPTIONS, /accounts, GET HEAD POST",
    "BREW, /transfers, GET HEAD POST",
    "PUT, /users, GET HEAD POST",
    "POST, /users/me, GET HEAD PATCH",
    "PUT, /users/login, PATCH POST",
    "GET, /users/login, PATCH POST",
    "GET, /sessions/01234567-89ab-cdef-0123-456789abcdef, DELETE",
    "GET, /tokens/renew_access, POST"
  })
  void says_which_methods_are_allowed(String method, String path, String allowed) {
    Answer answer = bank.call(method, path).as(ALICE).send();

    answer.isProblem(405, "method_not_allowed", method + " is not allowed at " + path);
    assertThat(Set.of(answer.header("Allow").orElseThrow().split(",")))
        .isEqualTo(Set.of(allowed.split(" ")));
  }

  @Test
  void tells_strangers_nothing_of_routes() {
    for (String method : List.of("GET", "DELETE", "OPTIONS", "POST")) {
      bank.call(method, "/nowhere").send().isProblem(401, "unauthenticated");
    }
    bank.call("DELETE", "/accounts").send().isProblem(401, "unauthenticated");
    bank.call("GET", "/users").send().isProblem(401, "unauthenticated");
  }

  @Test
  void has_json_only() {
    bank.call("GET", "/accounts")
        .as(ALICE)
        .header("Accept", "image/png")
        .send()
        .isProblem(406, "not_acceptable");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/*", "image/png, */*;q=0.1", "application/json"})
  void answers_whoever_accepts_json(String accepted) {
    bank.call("GET", "/accounts").as(ALICE).header("Accept", accepted).send().is(200, "[]");
  }

  @ParameterizedTest
  @CsvSource({"/accounts, 200", "/accounts?page_id=x, 400", "/nowhere, 404", "/accounts/3, 404"})
  void answers_head_like_get_without_a_body(String path, int status) {
    Answer answer = bank.call("HEAD", path).as(ALICE).send();

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body()).isEmpty();
    answer.tellsNothingOfTheMachine();
  }

  @Test
  void answers_head_of_strangers_with_401() {
    Answer answer = bank.call("HEAD", "/accounts").send();

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate")).contains("Bearer");
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void reads_no_body_that_says_that_it_is_too_large() {
    bank.raw(
            "/users",
            "POST /users HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
                + TOO_LARGE.length()
                + "\r\n\r\n")
        .isProblem(413, "body_too_large", "the body is larger than is accepted");
  }

  @Test
  void reads_no_body_that_turns_out_to_be_too_large() {
    String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";

    bank.raw(
            "/users",
            "POST /users HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked"
                + "\r\n\r\n"
                + chunk.repeat(16)
                + "1\r\nx\r\n")
        .isProblem(413, "body_too_large", "the body is larger than is accepted");
  }

  @Test
  void reads_no_uri_that_is_too_long() {
    bank.raw("/bad-request", "GET /accounts?x=" + "x".repeat(5000) + " HTTP/1.1\r\nHost: x\r\n\r\n")
        .isProblem(414, "uri_too_long", "the URI is longer than is accepted");
  }

  @Test
  void reads_no_headers_that_are_too_large() {
    String many = "X-Many: %s\r\n".formatted("x".repeat(1000)).repeat(9);
    for (String headers : List.of("X-Large: " + "x".repeat(9000) + "\r\n", many)) {
      bank.raw("/accounts", "GET /accounts HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n")
          .isProblem(431, "headers_too_large", "the headers are larger than is accepted");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"%D9%A3", "%E0%A5%A9", "%EF%BC%93", "%2B3", "3%20", "0x3", "3L"})
  void reads_numbers_in_digits_alone(String three) {
    bank.get(ALICE, "/accounts/" + three).isInvalid("id");
    bank.get(ALICE, "/transfers/" + three).isInvalid("id");
    bank.get(ALICE, "/accounts?page_id=" + three).isInvalid("page_id");
    bank.get(ALICE, "/accounts/3/entries?limit=" + three).isInvalid("limit");
  }

  @Test
  void reads_a_body_as_large_as_is_accepted() {
    String body = TOO_LARGE.replaceFirst("x{10}\"", "\"");
    assertThat(body).hasSizeLessThanOrEqualTo(1 << 20);

    bank.post("/users/login", body).isInvalid("username", "password");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%zz", "/accounts/%zz", "/accounts/3%", "/accounts?page_id=%zz"})
  void refuses_a_uri_that_cannot_be_read(String uri) {
    bank.raw(
            "/",
            "GET "
                + uri
                + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
                + bank.token(ALICE)
                + "\r\n\r\n")
        .isProblem(400, "bad_request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"GARBAGE", "GET /accounts HTTP/1.1\r\nA B: c", "GET /accounts HTTP/1.1\r\n: c"})
  void refuses_what_is_no_http(String head) {
    String path = head.startsWith("GET") ? "/accounts" : "/bad-request";

    bank.raw(path, head + "\r\nConnection: close\r\n\r\n").isProblem(400, "bad_request");
  }

  @ParameterizedTest
  @MethodSource("failures")
  void tells_nothing_of_a_failure(Throwable failure) {
    when(bank.listAccounts.list(any())).thenThrow(failure);

    Answer answer = bank.get(ALICE, "/accounts");

    answer.isProblem(500, "internal_error", "the bank failed; it is not your fault");
    assertThat(answer.body() + answer.headers()).doesNotContain("secret");
  }

  static Stream<Throwable> failures() {
    return Stream.of(
        new IllegalStateException("secret"),
        new IllegalArgumentException("secret", new ArithmeticException("secret")),
        new UnsupportedOperationException("secret"),
        new StackOverflowError("secret"));
  }

  @Test
  void asks_to_come_back_when_the_work_was_not_begun() {
    when(bank.listAccounts.list(any())).thenThrow(new RejectedExecutionException("secret"));

    Answer answer = bank.get(ALICE, "/accounts");

    answer.isProblem(503, "unavailable", "the bank is busy; nothing was done, try again");
    assertThat(answer.header("Retry-After")).contains("1");
  }

  @Test
  void tells_nothing_of_a_port_that_answers_null() {
    bank.post(ALICE, "/accounts", "{\"currency\": \"EUR\"}").isProblem(500, "internal_error");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "text/html", "text/html,application/xhtml+xml,*/*;q=0.8"})
  void sends_no_browser_away(String accepted) {
    Answer answer = bank.call("GET", "/accounts").header("Accept", accepted).send();

    answer.isProblem(401, "unauthenticated", "a valid bearer token is needed");
    verifyNoInteractions(bank.listAccounts);
  }

  @Test
  void has_a_stable_word_for_every_problem() {
    assertThat(Stream.of(ProblemCode.values()).map(ProblemCode::code))
        .allMatch(code -> code.matches("[a-z_]+"));
  }
}
