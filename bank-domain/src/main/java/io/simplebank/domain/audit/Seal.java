package io.simplebank.domain.audit;

import java.util.Objects;

/**
 * By what it is known whether a row is as it was written.
 *
 * @param id the number of the row
 * @param digest the hash of the row as it was written
 */
public record Seal(long id, Digest digest) {
  /** Needs a digest. */
  public Seal {
    Objects.requireNonNull(digest, "digest");
  }
}
