package io.simplebank.domain.idempotency;

import java.time.Instant;
import java.util.Objects;

/**
 * The answer that was given to the first request under a key.
 *
 * @param key the key and where it is valid
 * @param request what that request asked for
 * @param answer what it was told
 * @param at when it was decided
 */
public record RememberedAnswer(ScopedKey key, Fingerprint request, Answer answer, Instant at) {
  /** Needs all four. */
  public RememberedAnswer {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(answer, "answer");
    Objects.requireNonNull(at, "at");
  }
}
