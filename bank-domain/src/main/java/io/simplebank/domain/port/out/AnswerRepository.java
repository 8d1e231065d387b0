package io.simplebank.domain.port.out;

import io.simplebank.domain.idempotency.IdempotencyKey;
import io.simplebank.domain.idempotency.RememberedAnswer;
import io.simplebank.domain.user.Username;
import java.time.Instant;
import java.util.List;

/** The store of remembered answers, for looking them up and for forgetting them. */
public interface AnswerRepository {
  /** Everything that user was told under that key, the oldest first. */
  List<RememberedAnswer> find(Username user, IdempotencyKey key);

  /**
   * Drops answers, the oldest first. Several servers may do so at the same time.
   *
   * @param before only answers of an earlier time
   * @param limit how many at most
   * @return how many
   */
  int forgetAnswers(Instant before, int limit);
}
