package io.simplebank.application.idempotency;

import io.simplebank.domain.idempotency.IdempotencyKey;
import io.simplebank.domain.idempotency.RememberedAnswer;
import io.simplebank.domain.port.in.ForgetAnswers;
import io.simplebank.domain.port.in.RecallAnswers;
import io.simplebank.domain.port.out.AnswerRepository;
import io.simplebank.domain.user.Caller;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Shows remembered answers to those who were given them, and drops them when they are old. */
public final class AnswerService implements RecallAnswers, ForgetAnswers {
  /** So many at once that a portion takes milliseconds and holds nobody up. */
  static final int PORTION = 1000;

  private final AnswerRepository answers;
  private final InstantSource clock;
  private final Duration retention;

  /**
   * A service on that store.
   *
   * @param retention how long an answer is remembered, at the least
   */
  public AnswerService(AnswerRepository answers, InstantSource clock, Duration retention) {
    this.answers = answers;
    this.clock = clock;
    this.retention = retention;
  }

  @Override
  public List<RememberedAnswer> recall(Caller caller, IdempotencyKey key) {
    return answers.find(caller.username(), key);
  }

  @Override
  public boolean forgetSome() {
    return answers.forgetAnswers(clock.instant().minus(retention), PORTION) == PORTION;
  }
}
