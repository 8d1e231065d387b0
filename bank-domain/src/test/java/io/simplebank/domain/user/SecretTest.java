package io.simplebank.domain.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretTest {
  @Test
  void generates_secrets_of_256_bits() {
    SplittableRandom random = new SplittableRandom(1);

    Secret first = Secret.generate(random);
    Secret second = Secret.generate(random);

    assertThat(first.value()).matches("[A-Za-z0-9_-]{43}").isNotEqualTo(second.value());
  }

  @Test
  void keeps_the_sha_256_of_a_secret() {
    // The one-block example of FIPS 180-2, appendix B.1.
    assertThat(new Secret("abc").hash().hex())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(new Secret("abc").hash()).isEqualTo(new Secret("abc").hash());
    assertThat(new Secret("abd").hash()).isNotEqualTo(new Secret("abc").hash());
  }

  @Test
  void tells_no_secret_to_a_log() {
    assertThat(new Secret("abc").toString()).doesNotContain("abc");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void has_no_blank_secret(String value) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Secret(value));
  }

  @Test
  void refuses_what_is_no_sha_256_in_lower_case() {
    String hex = new Secret("abc").hash().hex();

    assertThat(new SecretHash(hex).hex()).isEqualTo(hex);
    assertThatIllegalArgumentException().isThrownBy(() -> new SecretHash(""));
    assertThatIllegalArgumentException().isThrownBy(() -> new SecretHash(hex.substring(1)));
    assertThatIllegalArgumentException().isThrownBy(() -> new SecretHash(hex.substring(2)));
    assertThatIllegalArgumentException().isThrownBy(() -> new SecretHash(hex + "00"));
    assertThatIllegalArgumentException().isThrownBy(() -> new SecretHash("g" + hex.substring(1)));
    // Two spellings of one hash would not be equal.
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SecretHash(hex.toUpperCase(Locale.ROOT)));
  }
}
