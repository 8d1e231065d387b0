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
import io.simplebank.domain.port.in.RequestVerificationMail;
import io.simplebank.domain.port.in.VerifyEmail;
import io.simplebank.domain.user.EmailAddress;
import io.simplebank.domain.user.Secret;
import io.simplebank.domain.user.VerificationId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VerificationTest {
  private final WebBank bank = WebBank.fresh();

  @ParameterizedTest
  @ValueSource(strings = {"/users/verify_email", "/v1/verify_email"})
  void verifies_an_address(String path) {
    when(bank.verifyEmail.verify(
            new VerifyEmail.Command(
                new VerificationId(5), new Secret("the-code_7"), WebBank.ADDRESS)))
        .thenReturn(new VerifyEmail.Outcome.Verified(Samples.alice()));

    follow(path + "?email_id=5&secret_code=the-code_7").is(200, "{\"is_verified\": true}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/users/verify_email", "/v1/verify_email"})
  void does_not_say_what_is_wrong_with_a_code(String path) {
    when(bank.verifyEmail.verify(any())).thenReturn(new VerifyEmail.Outcome.Refused());

    follow(path + "?email_id=5&secret_code=another")
        .isProblem(
            422,
            "verification_refused",
            "the code is wrong or has expired; log in and ask for another mail");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%20", "%E2%80%83", "+"})
  void takes_a_blank_code_for_a_wrong_one(String blank) {
    follow("/users/verify_email?email_id=5&secret_code=" + blank)
        .isProblem(422, "verification_refused");

    verifyNoInteractions(bank.verifyEmail);
  }

  @ParameterizedTest
  @CsvSource({
    "'', email_id secret_code",
    "?, email_id secret_code",
    "?emailId=5&secretCode=x, email_id secret_code",
    "?email_id=5, secret_code",
    "?secret_code=x, email_id",
    "?email_id=x, email_id secret_code",
    "?email_id=0, email_id secret_code",
    "?email_id=0&secret_code=x, email_id",
    "?email_id=-1&secret_code=x, email_id",
    "?email_id=x&secret_code=x, email_id",
    "?email_id=9223372036854775808&secret_code=x, email_id",
  })
  void names_every_wrong_parameter_at_once(String query, String wrong) {
    follow("/users/verify_email" + query).isInvalid(wrong.split(" "));

    verifyNoInteractions(bank.verifyEmail);
  }

  @Test
  void says_what_is_missing() {
    follow("/users/verify_email?email_id=5").blames("secret_code", "is required");
  }

  @Test
  void sends_another_mail() {
    when(bank.requestVerificationMail.request(ALICE))
        .thenReturn(
            new RequestVerificationMail.Outcome.Requested(new EmailAddress("alice@example.com")));

    ask().is(202, "{\"email\": \"alice@example.com\"}");
    verify(bank.requestVerificationMail).request(ALICE);
  }

  @Test
  void sends_no_mail_when_there_is_nothing_to_verify() {
    when(bank.requestVerificationMail.request(ALICE))
        .thenReturn(new RequestVerificationMail.Outcome.AlreadyVerified());

    ask().isProblem(409, "email_already_verified", "there is nothing left to verify");
  }

  @Test
  void sends_no_mails_one_upon_the_other() {
    when(bank.requestVerificationMail.request(ALICE))
        .thenReturn(new RequestVerificationMail.Outcome.TooSoon(WebBank.NOW.plusMillis(41_001)));

    Answer answer = ask();

    answer.isProblem(
        429, "mail_too_soon", "the last mail was asked for just now; try again in 42 s");
    assertThat(answer.header("Retry-After")).contains("42");
  }

  private Answer follow(String link) {
    return bank.call("GET", link).send();
  }

  private Answer ask() {
    return bank.call("POST", "/users/me/verification_mail").as(ALICE).send();
  }
}
