package io.simplebank.domain.audit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The one form, byte for byte, in which something is hashed.
 *
 * <p>It begins with a byte for the version of the form, which is 1, and one for the kind of thing:
 * {@code T} for a transfer, {@code E} for an entry, {@code B} for a batch. Then come its fields, in
 * the order of their numbers: the number of the field in one byte, the length of its value in four,
 * and the value. A field that says nothing is left out. So no two things have one form, and whoever
 * adds a field that may say nothing changes no hash that there is.
 *
 * <p>Values: numbers are 64 bits with a sign; texts are in UTF-8; a time is the number of
 * microseconds since 1970; a UUID is its 128 bits; a list is its items one after the other. The
 * most significant byte comes first, always.
 */
final class CanonicalForm {
  private static final int VERSION = 1;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);

  CanonicalForm(char kind) {
    bytes.write(VERSION);
    bytes.write(kind);
  }

  CanonicalForm number(int field, @Nullable Long value) {
    return value == null ? this : field(field, bytesOf(value));
  }

  CanonicalForm text(int field, @Nullable String value) {
    return value == null ? this : field(field, value.getBytes(StandardCharsets.UTF_8));
  }

  CanonicalForm time(int field, @Nullable Instant value) {
    // What somebody has put into the tables may be too far away for a number of microseconds. It
    // wraps, as it may: no time that the bank has written is so far away.
    return value == null
        ? this
        : field(field, bytesOf(value.getEpochSecond() * 1_000_000 + value.getNano() / 1_000));
  }

  CanonicalForm uuid(int field, @Nullable UUID value) {
    return value == null
        ? this
        : field(
            field,
            ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(value.getMostSignificantBits())
                .putLong(value.getLeastSignificantBits())
                .array());
  }

  /** Each seal as the number of its row and the digest; nothing where there are none. */
  CanonicalForm seals(int field, Iterable<Seal> seals) {
    ByteArrayOutputStream list = new ByteArrayOutputStream();
    for (Seal seal : seals) {
      list.writeBytes(bytesOf(seal.id()));
      list.writeBytes(seal.digest().bytes());
    }
    return list.size() == 0 ? this : field(field, list.toByteArray());
  }

  Digest digest() {
    return Digest.of(bytes.toByteArray());
  }

  static byte[] bytesOf(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  private CanonicalForm field(int field, byte[] value) {
    bytes.write(field);
    bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value.length).array());
    bytes.writeBytes(value);
    return this;
  }
}
