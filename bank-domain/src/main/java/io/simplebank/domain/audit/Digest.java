package io.simplebank.domain.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A SHA-256.
 *
 * @param hex its 64 hexadecimal digits in lower case
 */
public record Digest(String hex) {
  /** How many bytes it has. */
  public static final int BYTES = 32;

  /** No hash at all, 32 zero bytes: what the first batch of a chain has before it. */
  public static final Digest NONE = new Digest("0".repeat(2 * BYTES));

  /**
   * @throws IllegalArgumentException unless these are the digits of a SHA-256
   */
  public Digest {
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("a SHA-256 has 64 hexadecimal digits, in lower case");
    }
  }

  /** The hash of these bytes. */
  public static Digest of(byte[] bytes) {
    try {
      return ofBytes(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * The hash that consists of these bytes.
   *
   * @throws IllegalArgumentException unless there are {@value #BYTES} of them
   */
  public static Digest ofBytes(byte[] digest) {
    return new Digest(HexFormat.of().formatHex(digest));
  }

  /** Its {@value #BYTES} bytes. */
  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }
}
