package io.simplebank.domain.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A SHA-256. It is kept as bytes and not as digits, because three are made for each transfer. */
public final class Digest {
  /** How many bytes it has. */
  public static final int BYTES = 32;

  /** No hash at all, 32 zero bytes: what the first batch of a chain has before it. */
  public static final Digest NONE = new Digest(new byte[BYTES]);

  private final byte[] bytes;

  /**
   * The hash with these digits.
   *
   * @param hex 64 hexadecimal digits in lower case
   * @throws IllegalArgumentException when they are anything else
   */
  public Digest(String hex) {
    this(HexFormat.of().parseHex(hex));
    if (!hex().equals(hex)) {
      throw new IllegalArgumentException("a SHA-256 is written in lower case");
    }
  }

  private Digest(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a SHA-256 has " + BYTES + " bytes");
    }
    this.bytes = bytes;
  }

  /** The hash of these bytes. */
  public static Digest of(byte[] content) {
    return new Digest(sha256().digest(content));
  }

  /** The hash of that many of these bytes. */
  static Digest of(byte[] content, int length) {
    MessageDigest digest = sha256();
    digest.update(content, 0, length);
    return new Digest(digest.digest());
  }

  /**
   * The hash that consists of these bytes.
   *
   * @throws IllegalArgumentException unless there are {@value #BYTES} of them
   */
  public static Digest ofBytes(byte[] digest) {
    return new Digest(digest.clone());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Its {@value #BYTES} bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Its 64 hexadecimal digits in lower case. */
  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Digest digest && Arrays.equals(bytes, digest.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return hex();
  }
}
