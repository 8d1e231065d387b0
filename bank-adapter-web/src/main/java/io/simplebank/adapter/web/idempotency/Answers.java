package io.simplebank.adapter.web.idempotency;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.context.ServerRequestContext;
import io.micronaut.json.JsonMapper;
import io.simplebank.adapter.web.http.EventLoops;
import io.simplebank.adapter.web.problem.Problem;
import io.simplebank.adapter.web.problem.ProblemCode;
import io.simplebank.adapter.web.problem.Violation;
import io.simplebank.domain.idempotency.Answer;
import io.simplebank.domain.idempotency.IdempotencyKey;
import io.simplebank.domain.idempotency.Once;
import io.simplebank.domain.idempotency.Reply;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests that move money. The words are put down once, where the money is, and it is
 * those bytes that the client gets, now and whenever it repeats the request.
 */
@Singleton
public final class Answers {
  /** The header by which a client names its request. */
  public static final String KEY_HEADER = "Idempotency-Key";

  /** What a client is told whose key is none. */
  public static final String KEY_MESSAGE = "must have 1 to 255 visible ASCII characters";

  private static final String REPLAYED_HEADER = "Idempotent-Replayed";

  private final JsonMapper json;

  Answers(JsonMapper json) {
    this.json = json;
  }

  /**
   * Has a request carried out and answers it.
   *
   * @param key the value of {@link #KEY_HEADER}, when the client has sent one
   * @param rendering the response to an outcome
   * @param useCase what carries the request out
   */
  public <O> HttpResponse<?> answer(
      @Nullable String key,
      Function<O, HttpResponse<?>> rendering,
      Function<Once<O>, Reply> useCase) {
    HttpRequest<?> request = request();
    String path = request.getPath();
    return namedTwice(request)
        .orElseGet(() -> response(useCase.apply(once(key, rendering, path)), path));
  }

  /**
   * Has a request carried out while no thread waits for it, and answers it.
   *
   * @param key the value of {@link #KEY_HEADER}, when the client has sent one
   * @param rendering the response to an outcome
   * @param useCase what carries the request out
   */
  public <O> CompletionStage<HttpResponse<?>> answerLater(
      @Nullable String key,
      Function<O, HttpResponse<?>> rendering,
      Function<Once<O>, CompletionStage<Reply>> useCase) {
    HttpRequest<?> request = request();
    String path = request.getPath();
    return namedTwice(request)
        .<CompletionStage<HttpResponse<?>>>map(CompletableFuture::completedStage)
        .orElseGet(
            () ->
                useCase
                    .apply(once(key, rendering, path))
                    .thenApplyAsync(reply -> response(reply, path), EventLoops.of(request)));
  }

  private static HttpRequest<?> request() {
    return ServerRequestContext.currentRequest()
        .orElseThrow(() -> new IllegalStateException("there is no request to answer"));
  }

  /** Whoever believes in the other name would be carried out twice when they come again. */
  private static Optional<HttpResponse<?>> namedTwice(HttpRequest<?> request) {
    return request.getHeaders().getAll(KEY_HEADER).size() > 1
        ? Optional.of(
            Problem.ofViolations(List.of(new Violation("idempotency_key", "must be sent once")))
                .response())
        : Optional.empty();
  }

  private <O> Once<O> once(
      @Nullable String key, Function<O, HttpResponse<?>> rendering, String path) {
    // The words may be put down by another thread, which knows of no request.
    return new Once<>(
        key == null ? null : new IdempotencyKey(key),
        outcome -> written(rendering.apply(outcome), path));
  }

  private static HttpResponse<?> response(Reply reply, String path) {
    return switch (reply) {
      case Reply.First(var answer) -> response(answer);
      case Reply.Replayed(var answer) -> response(answer).header(REPLAYED_HEADER, "true");
      case Reply.KeyReused() ->
          Problem.of(
                  ProblemCode.IDEMPOTENCY_KEY_REUSED,
                  "this key came with another request before; a new request needs a new key")
              .at(path)
              .response();
    };
  }

  private Answer written(HttpResponse<?> response, String path) {
    Object given = Objects.requireNonNull(response.body(), "every answer has a body");
    Object body = given instanceof Problem problem ? problem.at(path) : given;
    try {
      return new Answer(response.code(), json.writeValueAsString(body));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MutableHttpResponse<byte[]> response(Answer answer) {
    MediaType type =
        answer.status() < HttpStatus.BAD_REQUEST.getCode()
            ? MediaType.APPLICATION_JSON_TYPE
            : MediaType.APPLICATION_JSON_PROBLEM_TYPE;
    return HttpResponse.status(HttpStatus.valueOf(answer.status()))
        .contentType(type)
        .body(answer.body().getBytes(StandardCharsets.UTF_8));
  }
}
