package io.simplebank.adapter.web.session;

import static io.simplebank.adapter.web.WebBank.ALICE;
import static io.simplebank.adapter.web.WebBank.SESSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.simplebank.adapter.web.Answer;
import io.simplebank.adapter.web.Samples;
import io.simplebank.adapter.web.WebBank;
import io.simplebank.domain.session.Session;
import io.simplebank.domain.user.Username;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SessionsTest {
  private static final UUID OTHER = UUID.fromString("fedcba98-7654-3210-fedc-ba9876543210");

  private final WebBank bank = WebBank.fresh();

  @Test
  void lists_sessions_as_a_bare_array_and_says_which_is_this_one() {
    Session other =
        Session.begun(
            OTHER,
            new Username("alice"),
            "",
            "2001:db8::7",
            Samples.OPENED,
            WebBank.NOW.plusSeconds(1));
    when(bank.listSessions.list(ALICE)).thenReturn(List.of(Samples.session(), other));

    bank.get(ALICE, "/sessions")
        .is(
            200,
            """
            [{"id": "01234567-89ab-cdef-0123-456789abcdef", "user_agent": "curl/8.1",
              "client_address": "192.0.2.7", "created_at": "2026-03-14T15:09:26.535897Z",
              "expires_at": "2026-03-15T15:09:26.535897Z", "is_current": true},
             {"id": "fedcba98-7654-3210-fedc-ba9876543210", "user_agent": "",
              "client_address": "2001:db8::7", "created_at": "2026-01-02T03:04:05.000006Z",
              "expires_at": "2026-03-14T15:09:27.535897Z", "is_current": false}]
            """);
  }

  @Test
  void has_an_empty_list_of_no_sessions() {
    when(bank.listSessions.list(ALICE)).thenReturn(List.of());

    bank.get(ALICE, "/sessions").is(200, "[]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"fedcba98-7654-3210-fedc-ba9876543210", "FEDCBA98-7654-3210-FEDC-BA9876543210"})
  void ends_a_session(String id) {
    when(bank.endSession.end(ALICE, OTHER)).thenReturn(true);

    Answer answer = bank.call("DELETE", "/sessions/" + id).as(ALICE).send();

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    answer.tellsNothingOfTheMachine();
  }

  @Test
  void knows_no_session_that_is_missing_or_over_or_of_somebody_else() {
    when(bank.endSession.end(any(), any())).thenReturn(false);

    bank.call("DELETE", "/sessions/" + OTHER)
        .as(ALICE)
        .send()
        .isProblem(404, "session_not_found", "there is no session " + OTHER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "x", "01234567-89ab-cdef-0123-456789abcdeg", "%00"})
  void ends_nothing_without_a_name(String id) {
    bank.call("DELETE", "/sessions/" + id).as(ALICE).send().blames("id", "must be a UUID");

    verifyNoInteractions(bank.endSession);
  }

  @Test
  void lets_nobody_in_whose_session_is_over() {
    when(bank.checkSession.goesOn(SESSION)).thenReturn(false);

    Answer answer = bank.get(ALICE, "/sessions");

    answer.isProblem(401, "unauthenticated", "a valid bearer token is needed");
    assertThat(answer.header("WWW-Authenticate")).contains("Bearer");
    verifyNoInteractions(bank.listSessions);
  }

  @Test
  void ignores_a_session_that_is_over_where_none_is_needed() {
    when(bank.checkSession.goesOn(SESSION)).thenReturn(false);

    bank.post(ALICE, "/users/login", "{}").isInvalid("username", "password");
  }

  @Test
  void asks_about_a_session_at_every_request() {
    when(bank.checkSession.goesOn(SESSION)).thenReturn(true, false);

    bank.get(ALICE, "/sessions").is(200, "[]");
    bank.get(ALICE, "/sessions").isProblem(401, "unauthenticated");
  }
}
