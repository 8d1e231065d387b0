package io.simplebank.domain.idempotency;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What tells two requests under one key apart: a SHA-256 of what they ask for. It is taken of the
 * meaning and not of the bytes, so a client may write the same request in another order of fields
 * when it repeats it.
 *
 * @param sha256 64 hexadecimal digits in lower case
 */
public record Fingerprint(String sha256) {
  /**
   * @throws IllegalArgumentException unless these are the digits of a SHA-256
   */
  public Fingerprint {
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("a SHA-256 has 64 hexadecimal digits");
    }
  }

  /**
   * The fingerprint of a request that consists of these parts, in this order. Whoever adds an
   * optional part to a request puts it last and leaves it out where it is not given: what was
   * remembered before stays comparable.
   *
   * @param parts numbers and texts, compared by their text; null where nothing was said
   */
  public static Fingerprint of(@Nullable Object... parts) {
    MessageDigest digest = newDigest();
    for (Object part : parts) {
      byte[] text = String.valueOf(part).getBytes(StandardCharsets.UTF_8);
      // The length goes first, so that no two lists of parts run together into one text; nothing
      // has another length than the text "null".
      String length = part == null ? "-" : Integer.toString(text.length);
      digest.update((length + ":").getBytes(StandardCharsets.UTF_8));
      digest.update(text);
    }
    return new Fingerprint(HexFormat.of().formatHex(digest.digest()));
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
