package io.simplebank.adapter.web.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import com.nimbusds.jwt.SignedJWT;
import io.simplebank.adapter.web.Answer;
import io.simplebank.adapter.web.Samples;
import io.simplebank.adapter.web.WebBank;
import io.simplebank.domain.port.in.RenewAccess;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.Secret;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RenewalTest {
  private static final String GOOD =
      """
      {"refresh_token": "the first secret"}
      """;

  private final WebBank bank = WebBank.fresh();

  @BeforeEach
  void knows_the_token() {
    when(bank.renewAccess.renew(any()))
        .thenReturn(
            new RenewAccess.Outcome.Renewed(
                Samples.alice().as(Role.BANKER),
                Samples.session(),
                new Secret("the second secret")));
  }

  @Test
  void answers_with_two_new_tokens() {
    Answer answer = bank.post("/tokens/renew_access", GOOD);

    answer.is(
        200,
        """
        {"access_token": "%s",
         "access_token_expires_at": "2026-03-14T15:24:26.535897Z",
         "refresh_token": "the second secret",
         "refresh_token_expires_at": "2026-03-15T15:09:26.535897Z"}
        """
            .formatted(accessToken(answer)));
    verify(bank.renewAccess)
        .renew(new RenewAccess.Command(new Secret("the first secret"), WebBank.ADDRESS));
  }

  @Test
  void signs_what_the_user_is_now() throws ParseException {
    SignedJWT token = SignedJWT.parse(accessToken(bank.post("/tokens/renew_access", GOOD)));

    assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo("alice");
    assertThat(token.getJWTClaimsSet().getStringListClaim("roles")).isEqualTo(List.of("banker"));
    assertThat(token.getJWTClaimsSet().getStringClaim("sid")).isEqualTo(WebBank.SESSION.toString());
  }

  @Test
  void does_not_say_what_is_wrong_with_a_token() {
    when(bank.renewAccess.renew(any())).thenReturn(new RenewAccess.Outcome.Refused());

    bank.post("/tokens/renew_access", GOOD)
        .isProblem(401, "invalid_refresh_token", "the refresh token is not good; log in again");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\\u2003", "\\u001c"})
  void takes_a_blank_token_for_a_bad_one(String blank) {
    bank.post("/tokens/renew_access", GOOD.replace("the first secret", blank))
        .isProblem(401, "invalid_refresh_token");

    verifyNoInteractions(bank.renewAccess);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"refresh_token\": null}", "{\"refresh_token\": 7}", "{\"token\": \"x\"}"})
  void needs_a_token(String body) {
    bank.post("/tokens/renew_access", body).isInvalid("refresh_token");

    verifyNoInteractions(bank.renewAccess);
  }

  private static String accessToken(Answer answer) {
    return String.valueOf(((Map<?, ?>) answer.json()).get("access_token"));
  }
}
