package io.simplebank.domain.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The one form, byte for byte, in which something is hashed.
 *
 * <p>It begins with a byte for the version of the form, which is 1, and one for the kind of thing:
 * {@code T} for a transfer, {@code E} for an entry, {@code R} for what became of a pending
 * transfer, {@code B} for a batch. Then come its fields, in the order of their numbers: the number
 * of the field in one byte, the length of its value in four, and the value. A field that says
 * nothing is left out. So no two things have one form, and whoever adds a field that may say
 * nothing changes no hash that there is.
 *
 * <p>Values: numbers are 64 bits with a sign; texts are in UTF-8; a time is the number of
 * microseconds since 1970; a UUID is its 128 bits; a list is its items one after the other. The
 * most significant byte comes first, always.
 */
final class CanonicalForm {
  private static final int VERSION = 1;

  private byte[] bytes = new byte[256];
  private int length;

  CanonicalForm(char kind) {
    bytes[length++] = VERSION;
    bytes[length++] = (byte) kind;
  }

  CanonicalForm number(int field, @Nullable Long value) {
    if (value != null) {
      field(field, Long.BYTES).putLong(value);
    }
    return this;
  }

  CanonicalForm text(int field, @Nullable String value) {
    if (value != null) {
      byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
      field(field, utf8.length).put(utf8);
    }
    return this;
  }

  CanonicalForm time(int field, @Nullable Instant value) {
    // What somebody has put into the tables may be too far away for a number of microseconds. It
    // wraps, as it may: no time that the bank has written is so far away.
    return number(
        field, value == null ? null : value.getEpochSecond() * 1_000_000 + value.getNano() / 1_000);
  }

  CanonicalForm uuid(int field, @Nullable UUID value) {
    if (value != null) {
      field(field, 2 * Long.BYTES)
          .putLong(value.getMostSignificantBits())
          .putLong(value.getLeastSignificantBits());
    }
    return this;
  }

  /** Each seal as the number of its row and the digest; nothing where there are none. */
  CanonicalForm seals(int field, List<Seal> seals) {
    if (!seals.isEmpty()) {
      ByteBuffer list = field(field, seals.size() * (Long.BYTES + Digest.BYTES));
      seals.forEach(seal -> list.putLong(seal.id()).put(seal.digest().bytes()));
    }
    return this;
  }

  Digest digest() {
    return Digest.of(bytes, length);
  }

  /** Where the value of that size goes, to be written at once. */
  private ByteBuffer field(int field, int size) {
    int start = length;
    length += 1 + Integer.BYTES + size;
    if (length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length, 2 * bytes.length));
    }
    return ByteBuffer.wrap(bytes).position(start).put((byte) field).putInt(size);
  }
}
