package io.simplebank.domain.idempotency;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How often and in which words a request is to be answered: once, however often it arrives.
 *
 * <p>The answer is written down where the money is, in one transaction. So it is the answer that
 * was given, to the byte, that a repeated request gets, whatever a later version of the bank would
 * say.
 *
 * @param key the client's name for the request; without one, every arrival is a request of its own
 * @param rendering puts an outcome into the words of the client's protocol. It is called within the
 *     transaction, at times on another thread, and at times more than once, so it does nothing else
 * @param <O> what can become of the request
 */
public record Once<O>(@Nullable IdempotencyKey key, Function<O, Answer> rendering) {
  /** Needs a rendering. */
  public Once {
    Objects.requireNonNull(rendering, "rendering");
  }
}
