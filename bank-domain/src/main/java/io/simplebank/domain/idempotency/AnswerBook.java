package io.simplebank.domain.idempotency;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Decides for one request after the other whether it is new. Requests of one batch see the answers
 * to those before them. What is to be remembered in the end is collected in {@link #additions}.
 *
 * <p>Not safe for use by several threads.
 */
public final class AnswerBook {
  private final Map<ScopedKey, RememberedAnswer> remembered;
  private final List<RememberedAnswer> additions = new ArrayList<>();
  private final Instant now;

  /**
   * @param remembered every answer that is known under a key of this batch
   * @param now the time of what is decided now
   */
  public AnswerBook(Map<ScopedKey, RememberedAnswer> remembered, Instant now) {
    this.remembered = new HashMap<>(remembered);
    this.now = now;
  }

  /**
   * The reply to a request under a key. What a rule decided is remembered, a decline as well: money
   * that arrives later does not turn an old answer around.
   *
   * @param decision carries the request out; asked only when the key is new
   */
  public Reply reply(ScopedKey key, Fingerprint request, Supplier<Answer> decision) {
    RememberedAnswer before = remembered.get(key);
    if (before != null) {
      return before.request().equals(request)
          ? new Reply.Replayed(before.answer())
          : new Reply.KeyReused();
    }
    RememberedAnswer first = new RememberedAnswer(key, request, decision.get(), now);
    remembered.put(key, first);
    additions.add(first);
    return new Reply.First(first.answer());
  }

  /** The answers that are new, in order. */
  public List<RememberedAnswer> additions() {
    return Collections.unmodifiableList(additions);
  }
}
