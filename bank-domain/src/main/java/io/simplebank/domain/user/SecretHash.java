package io.simplebank.domain.user;

import java.util.HexFormat;

/**
 * What is kept of a {@link Secret}.
 *
 * @param hex its SHA-256 in lower-case hexadecimal, 64 digits
 */
public record SecretHash(String hex) {
  private static final int BYTES = 32;

  /**
   * @throws IllegalArgumentException when this is not 32 bytes in hexadecimal
   */
  public SecretHash {
    byte[] digest = HexFormat.of().parseHex(hex);
    if (digest.length != BYTES || !HexFormat.of().formatHex(digest).equals(hex)) {
      throw new IllegalArgumentException("a SHA-256 has " + BYTES + " bytes, in lower case");
    }
  }

  static SecretHash of(byte[] digest) {
    return new SecretHash(HexFormat.of().formatHex(digest));
  }
}
