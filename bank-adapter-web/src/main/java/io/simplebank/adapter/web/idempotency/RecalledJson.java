package io.simplebank.adapter.web.idempotency;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.simplebank.domain.idempotency.Operation;
import io.simplebank.domain.idempotency.RememberedAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/** What was answered under a key, once for each route that it was used on. */
@Serdeable(naming = SnakeCaseStrategy.class)
record RecalledJson(String idempotencyKey, List<AnswerJson> answers) {

  static RecalledJson of(String key, List<RememberedAnswer> answers, JsonMapper json) {
    return new RecalledJson(
        key, answers.stream().map(answer -> AnswerJson.of(answer, json)).toList());
  }

  /**
   * One answer.
   *
   * @param request the method and the route
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  record AnswerJson(String request, int status, JsonNode body, Instant createdAt) {

    private static AnswerJson of(RememberedAnswer answer, JsonMapper json) {
      try {
        return new AnswerJson(
            routeOf(answer.key().operation()),
            answer.answer().status(),
            json.readValue(answer.answer().body(), Argument.of(JsonNode.class)),
            answer.at());
      } catch (IOException e) {
        throw new UncheckedIOException("an answer of the bank's is no JSON", e);
      }
    }

    private static String routeOf(Operation operation) {
      return switch (operation) {
        case TRANSFER -> "POST /transfers";
        case DEPOSIT -> "POST /accounts/{id}/deposits";
        case WITHDRAWAL -> "POST /accounts/{id}/withdrawals";
        case BATCH -> "POST /transfers/batch";
        case REVERSAL -> "POST /transfers/{id}/reversal";
        case POST -> "POST /transfers/{id}/post";
        case VOID -> "POST /transfers/{id}/void";
      };
    }
  }
}
