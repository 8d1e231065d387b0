package io.simplebank.adapter.web.transfer;

import io.simplebank.domain.transfer.EntryId;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;

/** Where a page of entries ended, in a form that clients pass back and do not read. */
final class EntryCursor {
  private EntryCursor() {}

  static String write(EntryId id) {
    byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(id.value()).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Empty when this is not what {@link #write} has made. */
  static Optional<EntryId> read(String cursor) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(cursor);
      if (bytes.length != Long.BYTES) {
        return Optional.empty();
      }
      long id = ByteBuffer.wrap(bytes).getLong();
      return id > 0 ? Optional.of(new EntryId(id)) : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
