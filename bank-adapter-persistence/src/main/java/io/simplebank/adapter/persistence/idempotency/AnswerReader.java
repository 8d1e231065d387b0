package io.simplebank.adapter.persistence.idempotency;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.simplebank.domain.idempotency.RememberedAnswer;
import io.simplebank.domain.idempotency.ScopedKey;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the ledger needs to read the answers that it finds beside its numbers. */
@Singleton
public final class AnswerReader {
  /** What has to be selected for {@link #read}. */
  public static final String COLUMNS = AnswerRow.COLUMNS;

  private final JdbcOperations jdbc;

  AnswerReader(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /** Reads rows of answers, each with a key of its own. */
  public Map<ScopedKey, RememberedAnswer> read(ResultSet rows) {
    try (Stream<AnswerRow> answers = jdbc.entityStream(rows, AnswerRow.class)) {
      return answers
          .map(AnswerRow::toRememberedAnswer)
          .collect(Collectors.toUnmodifiableMap(RememberedAnswer::key, Function.identity()));
    }
  }
}
