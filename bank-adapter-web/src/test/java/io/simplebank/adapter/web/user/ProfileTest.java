package io.simplebank.adapter.web.user;

import static io.simplebank.adapter.web.WebBank.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.simplebank.adapter.web.Answer;
import io.simplebank.adapter.web.Samples;
import io.simplebank.adapter.web.WebBank;
import io.simplebank.domain.port.in.UpdateUser;
import io.simplebank.domain.user.EmailAddress;
import io.simplebank.domain.user.Password;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users see and change of themselves, in both spellings. */
final class ProfileTest {
  private static final String ALL =
      """
      {"full_name": "Alice Pleasance", "email": " ALICE@Example.org", "password": "battery staple",
       "current_password": "correct horse", "role": "banker", "created_at": 7}
      """;

  private final WebBank bank = WebBank.fresh();

  @BeforeEach
  void keeps_whatever_comes() {
    when(bank.updateUser.update(any())).thenReturn(new UpdateUser.Outcome.Updated(Samples.alice()));
  }

  @Test
  void shows_users_themselves() {
    when(bank.viewUser.view(ALICE)).thenReturn(Samples.alice());

    bank.get(ALICE, "/users/me").is(200, Samples.ALICE_JSON);
  }

  @Test
  void changes_all_that_is_named() {
    patch("/users/me", ALL).is(200, Samples.ALICE_JSON);

    verify(bank.updateUser)
        .update(
            new UpdateUser.Command(
                ALICE,
                "Alice Pleasance",
                new EmailAddress("alice@example.org"),
                new UpdateUser.PasswordChange(
                    new Password("correct horse"), new Password("battery staple"))));
  }

  @Test
  void knows_the_gateways_spelling() {
    patch("/v1/update_user", "{\"username\": \"ALICE\", " + ALL.strip().substring(1))
        .is(200, "{\"user\": " + Samples.ALICE_JSON + "}");

    verify(bank.updateUser)
        .update(
            new UpdateUser.Command(
                ALICE,
                "Alice Pleasance",
                new EmailAddress("alice@example.org"),
                new UpdateUser.PasswordChange(
                    new Password("correct horse"), new Password("battery staple"))));
  }

  @Test
  void changes_nobody_else() {
    patch("/v1/update_user", "{\"username\": \"bob\", \"full_name\": \"Robert\"}")
        .isProblem(403, "other_user", "users change themselves alone");

    verifyNoInteractions(bank.updateUser);
  }

  @Test
  void takes_another_name_than_the_gateways_for_an_unknown_field() {
    patch("/users/me", "{\"username\": 7, \"full_name\": \"Alice\"}").is(200, Samples.ALICE_JSON);

    verify(bank.updateUser).update(new UpdateUser.Command(ALICE, "Alice", null, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"full_name\": null, \"email\": null, \"password\": null, \"current_password\": null}",
        "{\"FULL_NAME\": \"Alice\", \"fullName\": \"Alice\"}"
      })
  void changes_nothing_when_nothing_is_named(String body) {
    patch("/users/me", body).is(200, Samples.ALICE_JSON);

    verify(bank.updateUser).update(new UpdateUser.Command(ALICE, null, null, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/users/me", "/v1/update_user"})
  void needs_both_passwords_or_none(String path) {
    patch(path, "{\"username\": \"alice\", \"password\": \"battery staple\"}")
        .blames("current_password", "is required with password");
    patch(path, "{\"username\": \"alice\", \"current_password\": \"correct horse\"}")
        .blames("password", "is required with current_password");
    patch(path, "{\"username\": \"alice\", \"password\": \"x\", \"current_password\": null}")
        .isInvalid("password", "current_password");

    verifyNoInteractions(bank.updateUser);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"full_name\": \" \", \"email\": \"@\", \"password\": \"short\"}",
        "{\"full_name\": 7, \"email\": [], \"password\": {}}",
        "{\"full_name\": true, \"email\": \"x\", \"password\": \"\", \"current_password\": 7}",
        "{\"full_name\": \"\\u0000\", \"email\": \"\", \"password\": 12345678,"
            + " \"current_password\": null}"
      })
  void names_every_wrong_field_at_once(String body) {
    patch("/users/me", body).isInvalid("full_name", "email", "password", "current_password");
    patch("/v1/update_user", body)
        .isInvalid("username", "full_name", "email", "password", "current_password");

    verifyNoInteractions(bank.updateUser);
  }

  @Test
  void takes_no_list_for_a_change() {
    patch("/users/me", "[]").isProblem(400, "malformed_json");
  }

  @Test
  void says_that_an_address_is_taken() {
    when(bank.updateUser.update(any())).thenReturn(new UpdateUser.Outcome.EmailTaken());

    patch("/users/me", "{\"email\": \"bob@example.com\"}")
        .isProblem(409, "email_taken", "another user has this e-mail address");
  }

  @Test
  void says_that_the_current_password_is_wrong() {
    when(bank.updateUser.update(any())).thenReturn(new UpdateUser.Outcome.WrongPassword());

    patch("/users/me", ALL).isProblem(401, "invalid_credentials", "the current password is wrong");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "short",
        "0123456789012345678901234567890123456789012345678901234567890123456789012"
      })
  void takes_an_unheard_of_password_for_a_wrong_one(String current) {
    patch("/users/me", ALL.replace("correct horse", current))
        .isProblem(401, "invalid_credentials", "the current password is wrong");

    verifyNoInteractions(bank.updateUser);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/users/me", "/v1/update_user"})
  void asks_whoever_guesses_too_often_to_wait(String path) {
    when(bank.updateUser.update(any()))
        .thenReturn(new UpdateUser.Outcome.TooManyAttempts(WebBank.NOW.plusSeconds(4)));

    Answer answer = patch(path, "{\"username\": \"alice\", " + ALL.strip().substring(1));

    answer.isProblem(429, "too_many_attempts", "there were too many attempts; try again in 4 s");
    assertThat(answer.header("Retry-After")).contains("4");
  }

  private Answer patch(String path, String json) {
    return bank.call("PATCH", path).as(ALICE).body(json).send();
  }
}
