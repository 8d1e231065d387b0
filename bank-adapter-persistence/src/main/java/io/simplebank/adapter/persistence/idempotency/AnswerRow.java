package io.simplebank.adapter.persistence.idempotency;

import io.micronaut.data.annotation.MappedEntity;
import io.simplebank.domain.idempotency.Answer;
import io.simplebank.domain.idempotency.Fingerprint;
import io.simplebank.domain.idempotency.IdempotencyKey;
import io.simplebank.domain.idempotency.Operation;
import io.simplebank.domain.idempotency.RememberedAnswer;
import io.simplebank.domain.idempotency.ScopedKey;
import io.simplebank.domain.user.Username;
import java.time.Instant;

/** A row of answers. */
@MappedEntity("answers")
record AnswerRow(
    String username,
    String key,
    String operation,
    String requestSha256,
    int status,
    String body,
    Instant createdAt) {
  static final String COLUMNS =
      "username, key, operation, request_sha256, status, body, created_at ";

  RememberedAnswer toRememberedAnswer() {
    return new RememberedAnswer(
        new ScopedKey(new Username(username), Operation.ofCode(operation), new IdempotencyKey(key)),
        new Fingerprint(requestSha256),
        new Answer(status, body),
        createdAt);
  }
}
