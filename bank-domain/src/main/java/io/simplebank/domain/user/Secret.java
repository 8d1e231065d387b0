package io.simplebank.domain.user;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.random.RandomGenerator;

/**
 * A random text that the bank tells once and recognises later: a refresh token, or the code in a
 * mail. Only its {@linkplain #hash hash} is kept.
 *
 * @param value the secret as whoever was told it holds it
 */
public record Secret(String value) {
  private static final int BYTES = 32;

  /**
   * @throws IllegalArgumentException when the secret is blank
   */
  public Secret {
    if (value.isBlank()) {
      throw new IllegalArgumentException("a secret is not blank");
    }
  }

  /**
   * A new secret of 256 bits, in letters, digits, {@code -} and {@code _}.
   *
   * @param random a source that nobody can predict
   */
  public static Secret generate(RandomGenerator random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /**
   * The SHA-256 of the secret. A slow hash would add nothing: 256 random bits cannot be guessed.
   *
   * @throws IllegalStateException when the platform lacks SHA-256, which Java requires it to have
   */
  public SecretHash hash() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
      return SecretHash.of(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  /** Always the same: a secret does not belong in any log. */
  @Override
  public String toString() {
    return "Secret[hidden]";
  }
}
