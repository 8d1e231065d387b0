package io.simplebank.adapter.web.http;

import static io.simplebank.adapter.web.WebBank.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.when;

import io.simplebank.adapter.web.Answer;
import io.simplebank.adapter.web.WebBank;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SecurityHeadersTest {
  private final WebBank bank = WebBank.fresh();

  @Test
  void go_with_every_answer() {
    when(bank.listAccounts.list(any())).thenReturn(List.of());
    assertSafe(bank.get(ALICE, "/accounts"), 200);
    assertSafe(bank.call("GET", "/accounts").send(), 401);
    assertSafe(bank.post(ALICE, "/accounts/3/deposits", "{}"), 403);
    assertSafe(bank.post("/users", "{}"), 400);
    assertSafe(bank.get(ALICE, "/nowhere"), 404);
    assertSafe(bank.call("DELETE", "/accounts").as(ALICE).send(), 405);
    assertSafe(bank.call("HEAD", "/accounts").as(ALICE).send(), 200);
    assertSafe(bank.call("GET", "/accounts").as(ALICE).header("Accept", "image/png").send(), 406);
  }

  @Test
  void go_with_a_failure() {
    when(bank.listAccounts.list(any())).thenThrow(new IllegalStateException());

    assertSafe(bank.get(ALICE, "/accounts"), 500);
  }

  @ParameterizedTest
  @CsvSource({
    "GET /%zz HTTP/1.1, 400",
    "GARBAGE, 400",
    "POST /users HTTP/1.1\\nContent-Length: 9999999, 413",
  })
  void go_with_what_is_said_to_requests_that_are_none(String head, int status) {
    assertSafe(
        bank.raw("/", head.replace("\\n", "\r\n") + "\r\nHost: x\r\nConnection: close\r\n\r\n"),
        status);
  }

  @Test
  void allow_to_keep_the_published_keys_for_a_while() {
    assertThat(bank.call("GET", "/.well-known/jwks.json").send().header("Cache-Control"))
        .contains("public, max-age=300");
    assertThat(bank.call("POST", "/.well-known/jwks.json").as(ALICE).send().header("Cache-Control"))
        .contains("no-store");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "127.0.0.0/8 | https | max-age=31536000",
        "127.0.0.0/8 | HTTPS | max-age=31536000",
        "127.0.0.0/8 | http, https | max-age=31536000",
        "127.0.0.0/8 | https, http | ",
        "127.0.0.0/8 | http | ",
        "127.0.0.0/8 | | ",
        "10.0.0.0/8 | https | "
      })
  void ask_for_https_where_a_proxy_of_the_bank_has_it(
      String proxies, String protocol, String expected) {
    try (WebBank behindProxy = WebBank.with(Map.of("bank.trusted-proxies", proxies))) {
      Answer answer =
          behindProxy
              .call("GET", "/accounts")
              .header("X-Forwarded-Proto", protocol == null ? "" : protocol)
              .send();

      assertThat(answer.header("Strict-Transport-Security").orElse(null)).isEqualTo(expected);
    }
  }

  private static void assertSafe(Answer answer, int status) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    answer.tellsNothingOfTheMachine();
    assertThat(answer.header("Cache-Control")).contains("no-store");
    assertThat(answer.header("Content-Security-Policy"))
        .contains("default-src 'none'; frame-ancestors 'none'");
    assertThat(answer.header("Referrer-Policy")).contains("no-referrer");
    assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.header("X-Frame-Options")).contains("DENY");
    assertThat(answer.header("Strict-Transport-Security")).isEmpty();
  }
}
