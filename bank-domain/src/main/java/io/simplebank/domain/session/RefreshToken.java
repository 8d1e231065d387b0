package io.simplebank.domain.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.random.RandomGenerator;

/**
 * The secret with which a client prolongs its session. Only its {@linkplain #hash hash} is kept.
 *
 * @param value the secret as the client holds it
 */
public record RefreshToken(String value) {
  private static final int BYTES = 32;

  /**
   * @throws IllegalArgumentException when the secret is blank
   */
  public RefreshToken {
    if (value.isBlank()) {
      throw new IllegalArgumentException("a refresh token is not blank");
    }
  }

  /**
   * A new secret of 256 bits.
   *
   * @param random a source that nobody can predict
   */
  public static RefreshToken generate(RandomGenerator random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new RefreshToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /**
   * The SHA-256 of the secret. A slow hash would add nothing: 256 random bits cannot be guessed.
   *
   * @throws IllegalStateException when the platform lacks SHA-256, which Java requires it to have
   */
  public RefreshTokenHash hash() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
      return RefreshTokenHash.of(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  /** Always the same: a secret does not belong in any log. */
  @Override
  public String toString() {
    return "RefreshToken[hidden]";
  }
}
