package io.simplebank.adapter.web.security;

import static io.simplebank.adapter.web.WebBank.ALICE;
import static io.simplebank.adapter.web.WebBank.AUDIENCE;
import static io.simplebank.adapter.web.WebBank.BANKER;
import static io.simplebank.adapter.web.WebBank.ISSUER;
import static io.simplebank.adapter.web.WebBank.JWT_SECRET;
import static io.simplebank.adapter.web.WebBank.NOW;
import static io.simplebank.adapter.web.WebBank.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import io.micronaut.http.HttpRequest;
import io.simplebank.adapter.web.WebBank;
import io.simplebank.domain.user.Caller;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is asked of a token again, although it is known. */
final class BearerCheckTest {
  private final SigningKeys keys = new SigningKeys(JWT_SECRET, "", "", "");
  private final Set<UUID> ended = new HashSet<>();
  private Instant now = NOW;

  private final BearerCheck check =
      new BearerCheck(
          keys,
          new AccessTokenRules(ISSUER, AUDIENCE),
          session -> !ended.contains(session),
          () -> now);

  @Test
  void tells_who_bears_a_token_however_often_it_comes() throws Exception {
    String token = token(ALICE);

    for (int time = 0; time < 3; time++) {
      Bearer bearer = bearer(token).orElseThrow();
      assertThat(bearer.username()).isEqualTo(ALICE.username());
      assertThat(bearer.role()).isEqualTo(ALICE.role());
      assertThat(bearer.session()).isEqualTo(SESSION);
    }
  }

  @Test
  void refuses_a_known_token_from_the_moment_it_has_run_out() throws Exception {
    String token = token(ALICE);
    // A token tells time in seconds.
    Instant end = NOW.plus(Duration.ofMinutes(15)).truncatedTo(ChronoUnit.SECONDS);

    now = end.minusMillis(1);
    assertThat(bearer(token)).isPresent();
    now = end;
    assertThat(bearer(token)).isEmpty();
  }

  @Test
  void refuses_a_known_token_of_a_session_that_has_ended_since() throws Exception {
    String token = token(ALICE);
    assertThat(bearer(token)).isPresent();

    ended.add(SESSION);

    assertThat(bearer(token)).isEmpty();
  }

  @Test
  void refuses_a_known_token_when_the_clock_was_set_back_before_its_time() throws Exception {
    String token = token(ALICE);
    assertThat(bearer(token)).isPresent();

    now = NOW.minus(Duration.ofMinutes(1));

    assertThat(bearer(token)).isEmpty();
  }

  @Test
  void knows_no_token_by_one_whose_signature_was_changed() throws Exception {
    String token = token(ALICE);
    assertThat(bearer(token)).isPresent();
    String signature = token.substring(token.lastIndexOf('.') + 1);
    String other = token(BANKER).substring(token(BANKER).lastIndexOf('.') + 1);

    for (int time = 0; time < 2; time++) {
      assertThat(bearer(token.replace(signature, other))).isEmpty();
      assertThat(bearer(token.replace(signature, ""))).isEmpty();
    }
    assertThat(bearer(token)).isPresent();
  }

  private String token(Caller caller) throws JOSEException {
    JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder();
    WebBank.claims(caller).forEach(claims::claim);
    return keys.sign(claims.build()).serialize();
  }

  private Optional<Bearer> bearer(String token) {
    return check.bearer(HttpRequest.GET("/").bearerAuth(token));
  }
}
