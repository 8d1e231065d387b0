package io.simplebank.domain.session;

import java.util.HexFormat;

/**
 * What is kept of a refresh token.
 *
 * @param hex its SHA-256 in lower-case hexadecimal, 64 digits
 */
public record RefreshTokenHash(String hex) {
  private static final int BYTES = 32;

  /**
   * @throws IllegalArgumentException when this is not 32 bytes in hexadecimal
   */
  public RefreshTokenHash {
    byte[] digest = HexFormat.of().parseHex(hex);
    if (digest.length != BYTES || !HexFormat.of().formatHex(digest).equals(hex)) {
      throw new IllegalArgumentException("a SHA-256 has " + BYTES + " bytes, in lower case");
    }
  }

  static RefreshTokenHash of(byte[] digest) {
    return new RefreshTokenHash(HexFormat.of().formatHex(digest));
  }
}
