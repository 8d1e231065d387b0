package io.simplebank.adapter.persistence.session;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.simplebank.domain.session.AttemptKey;
import io.simplebank.domain.session.Attempts;
import java.time.Instant;

@MappedEntity("login_attempts")
record AttemptRow(@Id String key, int failures, Instant lastAt) {
  static final String COLUMNS = "key, failures, last_at ";

  Attempts toAttempts() {
    return new Attempts(new AttemptKey(key), failures, lastAt);
  }
}
