package io.simplebank.adapter.web.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.micrometer.core.instrument.MeterRegistry;
import io.simplebank.adapter.web.Answer;
import io.simplebank.adapter.web.Samples;
import io.simplebank.adapter.web.WebBank;
import io.simplebank.domain.port.in.LogIn;
import io.simplebank.domain.session.Session;
import io.simplebank.domain.user.Password;
import io.simplebank.domain.user.Secret;
import io.simplebank.domain.user.Username;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LoginTest {
  private static final Secret REFRESH_TOKEN = new Secret("a secret of the session");
  private static final String GOOD =
      """
      {"username": "Alice", "password": "correct horse"}
      """;

  private final WebBank bank = WebBank.fresh();

  @BeforeEach
  void knows_the_password() {
    logsInTo(Samples.session());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/users/login", "/v1/login_user"})
  void answers_with_the_tokens_and_the_user(String path) {
    Answer answer = bank.post(path, GOOD);

    answer.is(
        200,
        """
        {"session_id": "01234567-89ab-cdef-0123-456789abcdef",
         "access_token": "%s",
         "access_token_expires_at": "2026-03-14T15:24:26.535897Z",
         "refresh_token": "a secret of the session",
         "refresh_token_expires_at": "2026-03-15T15:09:26.535897Z",
         "user": %s}
        """
            .formatted(accessToken(answer), Samples.ALICE_JSON));
  }

  @Test
  void signs_who_the_user_is_for_15_minutes() throws ParseException {
    SignedJWT token = SignedJWT.parse(accessToken(bank.post("/users/login", GOOD)));

    Instant issued = WebBank.NOW.truncatedTo(ChronoUnit.SECONDS);
    assertThat(token.getHeader().getAlgorithm().getName()).isEqualTo("HS256");
    assertThat(token.getJWTClaimsSet())
        .isEqualTo(
            new JWTClaimsSet.Builder()
                .issuer("simple-bank")
                .audience(WebBank.AUDIENCE)
                .subject("alice")
                .claim("roles", List.of("depositor"))
                .claim("sid", WebBank.SESSION.toString())
                .issueTime(Date.from(issued))
                .notBeforeTime(Date.from(issued))
                .expirationTime(Date.from(issued.plus(Duration.ofMinutes(15))))
                .build());
  }

  @Test
  void issues_no_token_that_outlives_its_session() throws ParseException {
    Instant end = WebBank.NOW.plus(Duration.ofMinutes(4));
    logsInTo(
        Session.begun(
            WebBank.SESSION, new Username("alice"), "", "", WebBank.NOW.minusSeconds(1), end));

    Answer answer = bank.post("/users/login", GOOD);

    assertThat(member(answer, "access_token_expires_at")).isEqualTo(end.toString());
    assertThat(member(answer, "refresh_token_expires_at")).isEqualTo(end.toString());
    assertThat(SignedJWT.parse(accessToken(answer)).getJWTClaimsSet().getExpirationTime())
        .isEqualTo(Date.from(end.truncatedTo(ChronoUnit.SECONDS)));
  }

  @Test
  void counts_logins_by_what_became_of_them() {
    double loggedIn = counted("logged_in");
    double refused = counted("refused");
    double throttled = counted("throttled");

    bank.post("/users/login", GOOD);
    when(bank.logIn.logIn(any()))
        .thenReturn(new LogIn.Outcome.BadCredentials())
        .thenReturn(new LogIn.Outcome.TooManyAttempts(WebBank.NOW.plusSeconds(1)));
    bank.post("/users/login", GOOD);
    bank.post("/users/login", GOOD);
    bank.post("/users/login", "{\"username\": \"alice\", \"password\": \"short\"}");
    bank.post("/users/login", "{}");

    assertThat(counted("logged_in")).isEqualTo(loggedIn + 1);
    assertThat(counted("refused")).isEqualTo(refused + 2);
    assertThat(counted("throttled")).isEqualTo(throttled + 1);
  }

  @Test
  void keeps_no_more_of_a_user_agent_than_tells_clients_apart() {
    bank.call("POST", "/users/login").header("User-Agent", "x".repeat(501)).body(GOOD).send();

    verify(bank.logIn)
        .logIn(
            new LogIn.Command(
                new Username("alice"),
                new Password("correct horse"),
                "x".repeat(500),
                WebBank.ADDRESS));
  }

  @Test
  void takes_no_user_agent_that_cannot_be_stored() {
    bank.raw(
            "/users/login",
            "POST /users/login HTTP/1.1\r\nHost: x\r\nUser-Agent: a\0b\r\nConnection: close\r\n"
                + "Content-Length: %d\r\n\r\n%s".formatted(GOOD.length(), GOOD))
        .isProblem(400, "bad_request");

    verifyNoInteractions(bank.logIn);
  }

  @Test
  void passes_on_where_the_client_comes_from() {
    bank.call("POST", "/users/login").header("User-Agent", "curl/8.1").body(GOOD).send();

    verify(bank.logIn)
        .logIn(
            new LogIn.Command(
                new Username("alice"), new Password("correct horse"), "curl/8.1", "127.0.0.1"));
  }

  @Test
  void knows_clients_that_do_not_say_what_they_are() {
    bank.raw(
        "/users/login",
        "POST /users/login HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(GOOD.length(), GOOD));

    verify(bank.logIn)
        .logIn(
            new LogIn.Command(
                new Username("alice"), new Password("correct horse"), "", "127.0.0.1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrong horse", "", "short"})
  void does_not_say_what_is_wrong_with_a_password(String password) {
    when(bank.logIn.logIn(any())).thenReturn(new LogIn.Outcome.BadCredentials());

    Answer answer = bank.post("/users/login", GOOD.replace("correct horse", password));

    answer.isProblem(401, "invalid_credentials", "the username or the password is wrong");
    assertThat(answer.header("WWW-Authenticate")).contains("Bearer");
  }

  @Test
  void takes_an_unheard_of_password_for_a_wrong_one() {
    bank.post("/users/login", GOOD.replace("correct horse", "x".repeat(73)))
        .isProblem(401, "invalid_credentials", "the username or the password is wrong");

    verifyNoInteractions(bank.logIn);
  }

  @ParameterizedTest
  @CsvSource({
    "PT7S, 7",
    "PT7.000000001S, 8",
    "PT0.5S, 1",
    "PT0S, 1",
    "PT-3S, 1",
    "PT15M, 900",
  })
  void asks_whoever_guesses_too_often_to_wait(Duration wait, String seconds) {
    when(bank.logIn.logIn(any()))
        .thenReturn(new LogIn.Outcome.TooManyAttempts(WebBank.NOW.plus(wait)));

    Answer answer = bank.post("/users/login", GOOD);

    answer.isProblem(
        429, "too_many_attempts", "there were too many attempts; try again in " + seconds + " s");
    assertThat(answer.header("Retry-After")).contains(seconds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"username\": null, \"password\": null}",
        "{\"username\": 7, \"password\": 7}",
        "{\"username\": \"\", \"password\": []}",
        "{\"username\": \"a b\", \"password\": \"\\u0000\"}"
      })
  void names_every_wrong_field_at_once(String body) {
    bank.post("/users/login", body).isInvalid("username", "password");

    verifyNoInteractions(bank.logIn);
  }

  private void logsInTo(Session session) {
    when(bank.logIn.logIn(any()))
        .thenReturn(new LogIn.Outcome.LoggedIn(Samples.alice(), session, REFRESH_TOKEN));
  }

  private static String accessToken(Answer answer) {
    return member(answer, "access_token");
  }

  private static String member(Answer answer, String name) {
    return String.valueOf(((Map<?, ?>) answer.json()).get(name));
  }

  private double counted(String outcome) {
    return bank.bean(MeterRegistry.class)
        .get("bank_logins")
        .tag("outcome", outcome)
        .counter()
        .count();
  }
}
