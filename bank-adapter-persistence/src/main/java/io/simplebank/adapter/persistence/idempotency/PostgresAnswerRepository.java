package io.simplebank.adapter.persistence.idempotency;

import io.simplebank.domain.idempotency.IdempotencyKey;
import io.simplebank.domain.idempotency.RememberedAnswer;
import io.simplebank.domain.port.out.AnswerRepository;
import io.simplebank.domain.user.Username;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

@Singleton
final class PostgresAnswerRepository implements AnswerRepository {
  private final AnswerRows rows;

  PostgresAnswerRepository(AnswerRows rows) {
    this.rows = rows;
  }

  @Override
  public List<RememberedAnswer> find(Username user, IdempotencyKey key) {
    return rows.find(user.value(), key.value()).stream()
        .map(AnswerRow::toRememberedAnswer)
        .toList();
  }

  @Override
  public int forgetAnswers(Instant before, int limit) {
    return rows.forgetAnswers(before, limit);
  }
}
