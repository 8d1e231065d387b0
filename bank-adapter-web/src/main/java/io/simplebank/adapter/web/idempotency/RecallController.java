package io.simplebank.adapter.web.idempotency;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.json.JsonMapper;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.simplebank.adapter.web.problem.Problem;
import io.simplebank.adapter.web.problem.ProblemCode;
import io.simplebank.domain.idempotency.IdempotencyKey;
import io.simplebank.domain.idempotency.RememberedAnswer;
import io.simplebank.domain.port.in.RecallAnswers;
import io.simplebank.domain.user.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Pattern;
import java.util.List;

/** Where a client that lost its answer asks what became of its request. */
@Controller("/idempotency")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
@Tag(name = "Transfers")
class RecallController {
  private final RecallAnswers recallAnswers;
  private final JsonMapper json;

  RecallController(RecallAnswers recallAnswers, JsonMapper json) {
    this.recallAnswers = recallAnswers;
    this.json = json;
  }

  /** A key may hold slashes, percent-encoded as everything that a path cannot carry. */
  @Get("/{key}")
  @Operation(summary = "What was answered under a key")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = RecalledJson.class)))
  @ApiResponse(responseCode = "404", description = "idempotency_key_not_found")
  HttpResponse<?> recall(
      @Pattern(regexp = IdempotencyKey.PATTERN, message = Answers.KEY_MESSAGE) String key,
      Caller caller) {
    List<RememberedAnswer> answers = recallAnswers.recall(caller, new IdempotencyKey(key));
    if (answers.isEmpty()) {
      return Problem.of(
              ProblemCode.IDEMPOTENCY_KEY_NOT_FOUND,
              "nothing is remembered under this key: the request may be sent again with it")
          .response();
    }
    return HttpResponse.ok(RecalledJson.of(key, answers, json));
  }
}
