package io.simplebank.domain.port.in;

import io.simplebank.domain.idempotency.IdempotencyKey;
import io.simplebank.domain.idempotency.RememberedAnswer;
import io.simplebank.domain.user.Caller;
import java.util.List;

/** A client that has lost an answer asks what became of its request. */
public interface RecallAnswers {
  /**
   * What the caller was told under that key, the oldest first: one answer for each operation that
   * the key was used for. Empty when nothing was decided under it, or so long ago that it is
   * forgotten; the request may then be sent again.
   */
  List<RememberedAnswer> recall(Caller caller, IdempotencyKey key);
}
