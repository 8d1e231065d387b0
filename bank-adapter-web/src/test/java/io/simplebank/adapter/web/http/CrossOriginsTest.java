package io.simplebank.adapter.web.http;

import static io.simplebank.adapter.web.WebBank.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplebank.adapter.web.Answer;
import io.simplebank.adapter.web.UnusableSettingException;
import io.simplebank.adapter.web.WebBank;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CrossOriginsTest {
  private static final String APP = "https://app.example.com";

  private WebBank bank;
  private WebBank tryingOut;

  @BeforeAll
  void start() {
    bank = WebBank.with(Map.of("bank.cors-origins", APP + ", http://other.example.com:3000"));
    tryingOut = WebBank.with(Map.of("embedded.local-origins", true));
  }

  @AfterAll
  void stop() {
    bank.close();
    tryingOut.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {APP, "http://other.example.com:3000"})
  void tells_a_browser_what_pages_of_a_configured_origin_may_send(String origin) {
    for (String path : List.of("/transfers", "/users/login", "/accounts/3", "/nowhere")) {
      Answer answer = preflight(bank, origin, path);

      assertThat(answer.status()).isEqualTo(204);
      assertThat(answer.body()).isEmpty();
      assertThat(answer.header("Access-Control-Allow-Origin")).contains(origin);
      assertThat(answer.header("Access-Control-Allow-Methods"))
          .contains("GET, POST, PUT, PATCH, DELETE");
      assertThat(answer.header("Access-Control-Allow-Headers"))
          .contains("authorization, content-type, idempotency-key");
      assertThat(answer.header("Access-Control-Max-Age")).contains("600");
      assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
      assertThat(answer.header("Vary")).contains("Origin");
      assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
    }
  }

  @Test
  void needs_no_list_of_headers_in_a_preflight() {
    Answer answer =
        bank.call("OPTIONS", "/transfers")
            .header("Origin", APP)
            .header("Access-Control-Request-Method", "DELETE")
            .send();

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("Access-Control-Allow-Origin")).contains(APP);
  }

  @Test
  void lets_a_page_of_a_configured_origin_read_answers_and_refusals() {
    for (Answer answer :
        List.of(
            bank.call("GET", "/accounts").as(ALICE).header("Origin", APP).send(),
            bank.call("GET", "/accounts").header("Origin", APP).send(),
            bank.call("GET", "/nowhere").as(ALICE).header("Origin", APP).send(),
            bank.call("POST", "/users").header("Origin", APP).body("{").send())) {
      assertThat(answer.header("Access-Control-Allow-Origin")).contains(APP);
      assertThat(answer.header("Access-Control-Expose-Headers"))
          .contains("idempotent-replayed, retry-after, x-request-id");
      assertThat(answer.header("Vary")).contains("Origin");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example.com",
        "http://app.example.com",
        "https://app.example.com:8443",
        "https://app.example.com.evil.com",
        "HTTPS://APP.EXAMPLE.COM",
        "http://localhost:3000",
        "null",
        "*",
        ""
      })
  void answers_a_foreign_origin_as_if_it_had_not_said_so(String origin) {
    for (WebBank one : List.of(bank, WebBank.fresh())) {
      Answer answer = one.call("GET", "/accounts").as(ALICE).header("Origin", origin).send();
      answer.is(200, "[]");
      assertHasNoHeadersForBrowsers(answer);

      Answer preflight = preflight(one, origin, "/transfers");
      preflight.isProblem(401, "unauthenticated");
      assertHasNoHeadersForBrowsers(preflight);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost",
        "http://localhost:3000",
        "https://localhost:65535",
        "http://127.0.0.1:5173",
        "http://[::1]",
        "http://[::1]:8081"
      })
  void lets_in_any_page_of_the_machine_on_which_it_is_tried_out(String origin) {
    assertThat(preflight(tryingOut, origin, "/transfers").header("Access-Control-Allow-Origin"))
        .contains(origin);
    Answer answer = tryingOut.call("GET", "/accounts").as(ALICE).header("Origin", origin).send();
    answer.is(200, "[]");
    assertThat(answer.header("Access-Control-Allow-Origin")).contains(origin);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil",
        "http://localhost.evil.com",
        "http://127.0.0.1.evil.com",
        "http://127.0.0.11",
        "http://evil.com/localhost",
        "http://localhost:3000/",
        "file://localhost",
        "null"
      })
  void lets_in_no_other_page_where_it_is_tried_out(String origin) {
    Answer answer = tryingOut.call("GET", "/accounts").as(ALICE).header("Origin", origin).send();
    answer.is(200, "[]");
    assertHasNoHeadersForBrowsers(answer);
    assertHasNoHeadersForBrowsers(preflight(tryingOut, origin, "/transfers"));
  }

  @Test
  void does_not_let_caches_mix_up_answers_to_different_origins() {
    assertThat(bank.get(ALICE, "/accounts").header("Vary")).contains("Origin");
    assertThat(WebBank.fresh().get(ALICE, "/accounts").header("Vary")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "null",
        "app.example.com",
        "https://*.example.com",
        "https://app.example.com/",
        "https://app.example.com/path",
        "https://APP.example.com",
        "https://user@app.example.com",
        "ftp://app.example.com",
        "https://"
      })
  void refuses_what_is_no_exact_origin(String origin) {
    assertThatThrownBy(() -> new CrossOrigins(List.of(APP, origin), false))
        .isInstanceOf(UnusableSettingException.class)
        .hasMessageStartingWith("BANK_CORS_ORIGINS must list exact origins")
        .hasMessageEndingWith("not " + origin);
  }

  private static void assertHasNoHeadersForBrowsers(Answer answer) {
    assertThat(answer.headers().keySet())
        .noneMatch(name -> name.regionMatches(true, 0, "Access-Control-", 0, 15));
  }

  private static Answer preflight(WebBank bank, String origin, String path) {
    return bank.call("OPTIONS", path)
        .header("Origin", origin)
        .header("Access-Control-Request-Method", "POST")
        .header("Access-Control-Request-Headers", "authorization,content-type,idempotency-key")
        .send();
  }
}
