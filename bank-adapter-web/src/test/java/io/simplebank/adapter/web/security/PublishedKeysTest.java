package io.simplebank.adapter.web.security;

import static io.simplebank.adapter.web.WebBank.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.simplebank.adapter.web.Answer;
import io.simplebank.adapter.web.WebBank;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How other services learn by which keys to check tokens. */
final class PublishedKeysTest {
  private static final String PATH = "/.well-known/jwks.json";

  @TempDir private Path directory;

  @Test
  void are_none_where_a_secret_signs() {
    WebBank.fresh().call("GET", PATH).send().is(200, "{\"keys\": []}");
  }

  @Test
  void are_for_everybody_whatever_they_send_to_prove_who_they_are() {
    for (String header : List.of("none", "Bearer", "Bearer a.b.c", "Basic YWxpY2U6cGFzcw==")) {
      WebBank.fresh()
          .call("GET", PATH)
          .header("Authorization", header)
          .send()
          .is(200, "{\"keys\": []}");
    }
  }

  @Test
  void suffice_to_check_a_token() throws Exception {
    Path file = KeyFiles.write(directory, KeyFiles.pair("secp256r1").getPrivate());
    try (WebBank bank =
        WebBank.with(Map.of("bank.jwt-secret", "", "bank.jwt-key-file", file.toString()))) {
      SignedJWT token = SignedJWT.parse(bank.token(ALICE));

      Answer answer = bank.call("GET", PATH).send();

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Content-Type")).contains("application/json");
      assertThat(answer.body()).doesNotContain("\"d\"");
      JWKSet keys = JWKSet.parse(answer.body());
      assertThat(
              token.verify(
                  new ECDSAVerifier(keys.getKeyByKeyId(token.getHeader().getKeyID()).toECKey())))
          .isTrue();
      bank.get(ALICE, "/accounts").is(200, "[]");
    }
  }

  @Test
  void stay_the_same_tokens_while_a_pair_takes_over_from_a_secret() {
    Path file = KeyFiles.write(directory, KeyFiles.pair("secp256r1").getPrivate());
    String before = WebBank.fresh().token(ALICE);
    try (WebBank bank =
        WebBank.with(
            Map.of(
                "bank.jwt-secret",
                "",
                "bank.jwt-key-file",
                file.toString(),
                "bank.jwt-previous-secret",
                WebBank.JWT_SECRET))) {
      bank.call("GET", "/accounts")
          .header("Authorization", "Bearer " + before)
          .send()
          .is(200, "[]");
      assertThat(bank.token(ALICE)).isNotEqualTo(before);
      bank.get(ALICE, "/accounts").is(200, "[]");
    }
  }
}
