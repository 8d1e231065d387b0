package io.simplebank.domain.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.simplebank.domain.user.Username;
import java.time.Instant;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SessionTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void ends_after_it_begins() {
    assertThat(lasting(NOW, NOW.plusNanos(1)).expiresAt()).isAfter(NOW);
    assertThatIllegalArgumentException().isThrownBy(() -> lasting(NOW, NOW));
    assertThatIllegalArgumentException().isThrownBy(() -> lasting(NOW, NOW.minusNanos(1)));
  }

  @Test
  void generates_secrets_of_256_bits() {
    SplittableRandom random = new SplittableRandom(1);

    RefreshToken first = RefreshToken.generate(random);
    RefreshToken second = RefreshToken.generate(random);

    assertThat(first.value()).matches("[A-Za-z0-9_-]{43}").isNotEqualTo(second.value());
  }

  @Test
  void keeps_the_sha_256_of_a_secret() {
    // The one-block example of FIPS 180-2, appendix B.1.
    assertThat(new RefreshToken("abc").hash().hex())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(new RefreshToken("abc").hash()).isEqualTo(new RefreshToken("abc").hash());
    assertThat(new RefreshToken("abd").hash()).isNotEqualTo(new RefreshToken("abc").hash());
  }

  @Test
  void tells_no_secret_to_a_log() {
    assertThat(new RefreshToken("abc").toString()).doesNotContain("abc");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void has_no_blank_secret(String value) {
    assertThatIllegalArgumentException().isThrownBy(() -> new RefreshToken(value));
  }

  @Test
  void refuses_what_is_no_sha_256_in_lower_case() {
    String hex = new RefreshToken("abc").hash().hex();

    assertThat(new RefreshTokenHash(hex).hex()).isEqualTo(hex);
    assertThatIllegalArgumentException().isThrownBy(() -> new RefreshTokenHash(""));
    assertThatIllegalArgumentException().isThrownBy(() -> new RefreshTokenHash(hex.substring(1)));
    assertThatIllegalArgumentException().isThrownBy(() -> new RefreshTokenHash(hex.substring(2)));
    assertThatIllegalArgumentException().isThrownBy(() -> new RefreshTokenHash(hex + "00"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RefreshTokenHash("g" + hex.substring(1)));
    // Two spellings of one hash would not be equal.
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RefreshTokenHash(hex.toUpperCase(Locale.ROOT)));
  }

  private static Session lasting(Instant createdAt, Instant expiresAt) {
    return new Session(
        new UUID(1, 2),
        new Username("ada"),
        new RefreshToken("abc").hash(),
        "",
        "",
        createdAt,
        expiresAt);
  }
}
