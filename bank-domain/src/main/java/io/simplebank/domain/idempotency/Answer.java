package io.simplebank.domain.idempotency;

import java.util.Objects;

/**
 * What a client was told, in the words of whoever told it. The bank keeps it and gives it back as
 * it is; it never reads it.
 *
 * @param status how it went, as a number of the protocol that the client speaks
 * @param body the text of the answer
 */
public record Answer(int status, String body) {
  /** Needs a body, which may be empty. */
  public Answer {
    Objects.requireNonNull(body, "body");
  }
}
