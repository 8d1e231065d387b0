package io.simplebank.adapter.web.transfer;

import io.simplebank.adapter.web.security.SigningKeys;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * Where a page of a list ended, in a form that clients pass back and do not read: a version, the
 * number of the last item, and a seal (HMAC-SHA256) over both and over which list it is. So a
 * cursor that was made up, changed or taken from another list is told from one of ours.
 *
 * <p>The key is derived, for this purpose alone, from the one that signs access tokens and that all
 * replicas share: every replica reads what another has written.
 */
@Singleton
final class PageCursors {
  /**
   * What a cursor looks like. Together with the seal, 27 bytes are 36 characters, none to spare.
   */
  static final String PATTERN = "[A-Za-z0-9_-]{36}";

  static final String MESSAGE = "must be the next_cursor of an earlier page of the same list";

  private static final byte VERSION = 1;
  private static final int SEALED_BYTES = 1 + Long.BYTES;
  private static final int SEAL_BYTES = 18;
  private static final int KEY_BYTES = 32;
  private static final String SEAL = "HmacSHA256";
  static final String PURPOSE = "simple-bank page cursors";

  private final SecretKey key;

  @Inject
  PageCursors(SigningKeys keys) {
    this(keys.derive(PURPOSE, SEAL, KEY_BYTES));
  }

  PageCursors(SecretKey key) {
    this.key = key;
  }

  /**
   * The cursor behind the item of that number.
   *
   * @param list which list, in words that no other list has
   */
  String write(long last, String list) {
    byte[] sealed = ByteBuffer.allocate(SEALED_BYTES).put(VERSION).putLong(last).array();
    byte[] cursor =
        ByteBuffer.allocate(SEALED_BYTES + SEAL_BYTES).put(sealed).put(seal(sealed, list)).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor);
  }

  /** The number that {@link #write} was given, if it has made this cursor for this list. */
  OptionalLong read(String cursor, String list) {
    if (!cursor.matches(PATTERN)) {
      return OptionalLong.empty();
    }
    byte[] bytes = Base64.getUrlDecoder().decode(cursor);
    byte[] sealed = Arrays.copyOf(bytes, SEALED_BYTES);
    byte[] seal = Arrays.copyOfRange(bytes, SEALED_BYTES, bytes.length);
    return MessageDigest.isEqual(seal, seal(sealed, list)) && sealed[0] == VERSION
        ? OptionalLong.of(ByteBuffer.wrap(sealed).getLong(1))
        : OptionalLong.empty();
  }

  private byte[] seal(byte[] sealed, String list) {
    try {
      Mac mac = Mac.getInstance(SEAL);
      mac.init(key);
      mac.update(sealed);
      return Arrays.copyOf(mac.doFinal(list.getBytes(StandardCharsets.UTF_8)), SEAL_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + SEAL, e);
    }
  }
}
