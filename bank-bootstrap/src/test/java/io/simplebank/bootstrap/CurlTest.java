package io.simplebank.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bank understands curl as people type it: a body is what follows -d. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CurlTest {
  private static final String LOGIN =
      "'{\"username\": \"carol\", \"password\": \"correct horse\"}'";

  private @Nullable Bank bank;

  @BeforeAll
  void start() throws Exception {
    assumeTrue(isInstalled(), "needs bash and curl, which are not installed here");
    bank = ServerBank.start();
    assertThat(
            curl(
                "$BANK/users -d '{\"username\": \"carol\", \"password\": \"correct horse\","
                    + " \"full_name\": \"Carol\", \"email\": \"carol@example.com\"}'"))
        .contains("\"username\":\"carol\"")
        .endsWith("\n201");
  }

  @AfterAll
  void stop() {
    if (bank != null) {
      bank.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$BANK/users/login -d " + LOGIN,
        "-X POST $BANK/users/login -d " + LOGIN,
        "$BANK/users/login --data-binary @- <<< " + LOGIN,
        "$BANK/users/login -H 'Content-Type: application/json' -d " + LOGIN,
        "$BANK/users/login -H 'content-type: text/plain' -d " + LOGIN,
        "$BANK/users/login -H 'Content-Type:' -d " + LOGIN,
        "$BANK/users/login -H 'Transfer-Encoding: chunked' -d " + LOGIN,
        "$BANK/users/login -H 'Authorization: none' -d " + LOGIN,
        "$BANK/users/login -H 'Authorization: Bearer' -d " + LOGIN,
        "$BANK/users/login -u carol:wrong -d " + LOGIN,
        "$BANK/users/login -H 'Origin: http://evil' -d " + LOGIN,
        "--http2 $BANK/users/login -d " + LOGIN,
        "--http1.0 $BANK/users/login -d " + LOGIN,
        "--compressed $BANK/users/login -d " + LOGIN,
      })
  void logs_in(String command) throws Exception {
    assertThat(curl(command)).contains("\"access_token\":\"").endsWith("\n200");
  }

  @Test
  void opens_an_account_and_lists_it() throws Exception {
    String token =
        curl("$BANK/users/login -d " + LOGIN)
            .replaceFirst("(?s).*\"access_token\":\"([^\"]+).*", "$1");

    assertThat(curl("$BANK/accounts -H 'authorization: bearer " + token + "'"))
        .isEqualTo("[]\n200");
    assertThat(
            curl(
                "$BANK/accounts -H 'AUTHORIZATION: BEARER %s' -d '{\"currency\": \"USD\", \"colour\": 1}'"
                    .formatted(token)))
        .contains("\"currency\":\"USD\"", "\"balance\":0")
        .endsWith("\n201");
    assertThat(
            curl("\"$BANK/accounts?page_id=&page_size=\" -H 'Authorization: Bearer " + token + "'"))
        .startsWith("[{\"id\":")
        .endsWith("}]\n200");
  }

  @Test
  void says_what_is_wrong_with_a_form() throws Exception {
    assertThat(curl("$BANK/users/login -d username=carol -d password=secret"))
        .contains("\"code\":\"malformed_json\"")
        .endsWith("\n400");
    assertThat(curl("$BANK/users/login -F username=carol"))
        .contains("\"code\":\"unsupported_media_type\"")
        .endsWith("\n415");
  }

  /** What curl prints, and the status in a line of its own. */
  private String curl(String arguments) throws IOException, InterruptedException {
    ProcessBuilder shell =
        new ProcessBuilder("bash", "-c", "curl -sS -w '\\n%{http_code}' " + arguments);
    shell.environment().put("BANK", Objects.requireNonNull(bank).address().toString());
    Process process = shell.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    KnownSecrets.addFrom(output);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static boolean isInstalled() throws InterruptedException {
    try {
      return new ProcessBuilder("bash", "-c", "curl --version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException notThere) {
      return false;
    }
  }
}
