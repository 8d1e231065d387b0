package io.simplebank.adapter.web.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.simplebank.adapter.web.Samples;
import io.simplebank.adapter.web.WebBank;
import io.simplebank.domain.port.in.RegisterUser;
import io.simplebank.domain.user.EmailAddress;
import io.simplebank.domain.user.Password;
import io.simplebank.domain.user.Username;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RegistrationTest {
  private static final String GOOD =
      """
      {"username": "alice", "password": "correct horse", "full_name": "Alice Liddell",
       "email": "alice@example.com"}
      """;

  private final WebBank bank = WebBank.fresh();

  @BeforeEach
  void lets_anybody_in() {
    when(bank.registerUser.register(any()))
        .thenReturn(new RegisterUser.Outcome.Registered(Samples.alice()));
  }

  @Test
  void shows_the_new_user_without_the_password() {
    bank.post("/users", GOOD).is(201, Samples.ALICE_JSON);
  }

  @Test
  void knows_the_gateways_spelling() {
    bank.post("/v1/create_user", GOOD).is(200, "{\"user\": " + Samples.ALICE_JSON + "}");

    verify(bank.registerUser)
        .register(
            new RegisterUser.Command(
                new Username("alice"),
                new Password("correct horse"),
                "Alice Liddell",
                new EmailAddress("alice@example.com"),
                WebBank.ADDRESS));
  }

  @Test
  void refuses_in_the_gateways_spelling_what_it_refuses_in_its_own() {
    when(bank.registerUser.register(any()))
        .thenReturn(new RegisterUser.Outcome.UsernameTaken())
        .thenReturn(new RegisterUser.Outcome.EmailTaken());

    bank.post("/v1/create_user", GOOD).isProblem(409, "username_taken");
    bank.post("/v1/create_user", GOOD).isProblem(409, "email_taken");
    bank.post("/v1/create_user", "{}").isInvalid("username", "password", "full_name", "email");
  }

  @Test
  void passes_on_what_was_asked_for() {
    bank.post(
        "/users",
        """
        {"username": "IRIS_9-", "password": " kennwört ", "full_name": "Iris Ş 🐘",
         "email": " IRIS@Example.COM\\t", "role": "banker", "is_email_verified": true}
        """);

    verify(bank.registerUser)
        .register(
            new RegisterUser.Command(
                new Username("iris_9-"),
                new Password(" kennwört "),
                "Iris Ş 🐘",
                new EmailAddress("iris@example.com"),
                WebBank.ADDRESS));
  }

  @Test
  void says_which_of_name_and_address_is_taken() {
    when(bank.registerUser.register(any()))
        .thenReturn(new RegisterUser.Outcome.UsernameTaken())
        .thenReturn(new RegisterUser.Outcome.EmailTaken());

    bank.post("/users", GOOD).isProblem(409, "username_taken", "another user has this username");
    bank.post("/users", GOOD).isProblem(409, "email_taken", "another user has this e-mail address");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"username\": null, \"password\": null, \"full_name\": null, \"email\": null}",
        "{\"username\": 1, \"password\": true, \"full_name\": {}, \"email\": []}",
        "{\"username\": \"al\", \"password\": \"short\", \"full_name\": \" \", \"email\": \"@\"}",
        "{\"Username\": \"alice\", \"pass_word\": \"correct horse\", \"fullName\": \"A\"}"
      })
  void names_every_wrong_field_at_once(String body) {
    bank.post("/users", body).isInvalid("username", "password", "full_name", "email");

    verifyNoInteractions(bank.registerUser);
  }

  @Test
  void says_what_is_missing() {
    bank.post("/users", without("email")).blames("email", "is required");
  }

  @ParameterizedTest
  @ValueSource(strings = {"username", "password", "full_name", "email"})
  void names_the_one_wrong_field(String field) {
    bank.post("/users", without(field)).isInvalid(field);
    bank.post("/users", with(field, "null")).isInvalid(field);
    bank.post("/users", with(field, "7")).isInvalid(field);
    bank.post("/users", with(field, "[\"alice\"]")).isInvalid(field);
    bank.post("/users", with(field, "\"\"")).isInvalid(field);
    bank.post("/users", with(field, "\"long enough \\u0000\"")).isInvalid(field);
    bank.post("/users", with(field, "\"long enough \\ud83d\"")).isInvalid(field);
    bank.post("/users", with(field, "\"long enough \\udc18\\ud83d\"")).isInvalid(field);

    verifyNoInteractions(bank.registerUser);
  }

  @ParameterizedTest
  @CsvSource({
    "ab, 400",
    "abc, 201",
    "a b c, 400",
    "älice, 400",
    "alice@home, 400",
    "ALICE, 201",
    "'alice\\n', 400",
    "abcdefghijklmnopqrstuvwxyz_-0123, 201",
    "abcdefghijklmnopqrstuvwxyz_-01234, 400"
  })
  void takes_names_of_3_to_32_letters_and_digits(String username, int status) {
    assertThat(bank.post("/users", with("username", "\"" + username + "\"")).status())
        .isEqualTo(status);
  }

  @Test
  void counts_a_password_in_bytes() {
    bank.post("/users", with("password", "\"1234567\"")).isInvalid("password");
    bank.post("/users", with("password", quoted("🐘".repeat(18) + "!"))).isInvalid("password");
    bank.post("/users", with("password", quoted("ş".repeat(3) + "!"))).isInvalid("password");
    verifyNoInteractions(bank.registerUser);

    assertThat(bank.post("/users", with("password", quoted("ş".repeat(4)))).status())
        .isEqualTo(201);
    assertThat(bank.post("/users", with("password", quoted("🐘".repeat(18)))).status())
        .isEqualTo(201);
  }

  @Test
  void counts_a_full_name_in_characters() {
    assertThat(bank.post("/users", with("full_name", quoted("🐘".repeat(100)))).status())
        .isEqualTo(201);
    bank.post("/users", with("full_name", quoted("x".repeat(101))))
        .blames(
            "full_name",
            "must have 1 to 100 characters, not only blanks, and no control characters");
    bank.post("/users", with("full_name", "\"Alice\\nLiddell\"")).isInvalid("full_name");
    bank.post("/users", with("full_name", "\"\\u2003\"")).isInvalid("full_name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alice",
        "@example.com",
        "alice@",
        "alice@example",
        "a@b@example.com",
        "a b@example.com",
        "alice@.com",
        "alice@example..com",
        "\\u2003@example.com",
        "alice@exam\\tple.com"
      })
  void refuses_what_is_no_address(String email) {
    bank.post("/users", with("email", "\"" + email + "\""))
        .blames("email", "must be an e-mail address");
  }

  @Test
  void refuses_an_address_that_is_too_long() {
    String domain = "@" + "x".repeat(180) + ".org";

    bank.post("/users", with("email", quoted("x".repeat(6) + "@" + "x".repeat(244) + ".org")))
        .blames("email", "must have at most 254 characters");
    bank.post("/users", with("email", quoted("x".repeat(65) + "@example.com"))).isInvalid("email");
    assertThat(bank.post("/users", with("email", quoted("x".repeat(64) + domain))).status())
        .isEqualTo(201);
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }

  private static String with(String field, String json) {
    return GOOD.replaceAll("(\"" + field + "\": )\"[^\"]*\"", "$1" + json.replace("\\", "\\\\"));
  }

  private static String without(String field) {
    return GOOD.replace(field, "not_" + field);
  }
}
