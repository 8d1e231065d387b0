package io.simplebank.domain.idempotency;

import java.util.Objects;

/** What a request that may have arrived before is told. */
public sealed interface Reply {
  /**
   * It was new, or had no key: this is its answer.
   *
   * @param answer as rendered just now
   */
  record First(Answer answer) implements Reply {
    /** Needs an answer. */
    public First {
      Objects.requireNonNull(answer, "answer");
    }
  }

  /**
   * It has been answered before, and nothing was done now.
   *
   * @param answer what the first request was told
   */
  record Replayed(Answer answer) implements Reply {
    /** Needs an answer. */
    public Replayed {
      Objects.requireNonNull(answer, "answer");
    }
  }

  /** Its key belongs to another request, and nothing was done. */
  record KeyReused() implements Reply {}
}
