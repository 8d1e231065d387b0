package io.simplebank.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;

/** What a client is told, and what tests expect of it. */
public record Answer(String path, int status, Map<String, List<String>> headers, String body) {
  private static final List<String> PROBLEM_MEMBERS =
      List.of("type", "title", "status", "detail", "instance", "code", "error", "message");

  static Answer of(String path, HttpResponse<String> response) {
    return new Answer(path, response.statusCode(), response.headers().map(), response.body());
  }

  /** The first header of that name, in whatever case. */
  public Optional<String> header(String name) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(header -> header.getValue().getFirst())
        .findFirst();
  }

  /** The body as maps, lists, texts and numbers: 5 and 5.0 differ, as they do on the wire. */
  public Object json() {
    return parse(body);
  }

  /** The body is this JSON, no more and no less. */
  public void is(int expectedStatus, String expectedJson) {
    assertThat(status).as(body).isEqualTo(expectedStatus);
    assertThat(header("Content-Type")).contains("application/json");
    assertThat(json()).isEqualTo(parse(expectedJson));
    tellsNothingOfTheMachine();
  }

  /** A problem detail with that code, which names no field. */
  public void isProblem(int expectedStatus, String code) {
    assertThat(problem(expectedStatus, code)).containsOnlyKeys(PROBLEM_MEMBERS);
  }

  /** A problem detail with that code and that text. */
  public void isProblem(int expectedStatus, String code, String detail) {
    isProblem(expectedStatus, code);
    assertThat(problem(expectedStatus, code)).containsEntry("detail", detail);
  }

  /** 400, and these are the wrong fields, each once. */
  public void isInvalid(String... fields) {
    assertThat(violations().keySet())
        .as(body)
        .containsExactlyInAnyOrderElementsOf(Arrays.asList(fields));
  }

  /** 400 with this field alone, of which this is said. */
  public void blames(String field, String message) {
    assertThat(violations()).isEqualTo(Map.of(field, message));
  }

  private Map<String, String> violations() {
    Map<String, Object> problem = problem(400, "invalid_request");
    assertThat(problem).hasSize(PROBLEM_MEMBERS.size() + 1).containsKey("violations");
    Map<String, String> messages = new HashMap<>();
    for (Object violation : (List<?>) Objects.requireNonNull(problem.get("violations"))) {
      Map<?, ?> members = (Map<?, ?>) violation;
      assertThat(members).hasSize(2);
      assertThat(
              messages.put(
                  String.valueOf(members.get("field")), String.valueOf(members.get("message"))))
          .as("twice: %s", members)
          .isNull();
    }
    return messages;
  }

  private Map<String, Object> problem(int expectedStatus, String code) {
    assertThat(status).as(body).isEqualTo(expectedStatus);
    assertThat(header("Content-Type")).contains("application/problem+json");
    Map<String, Object> problem =
        assertThat(json())
            .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
            .actual();
    assertThat(problem)
        .containsEntry("type", "urn:simple-bank:problem:" + code)
        .containsEntry("status", expectedStatus)
        .containsEntry("code", code)
        .containsEntry("instance", path)
        .containsEntry("error", problem.get("detail"))
        .containsEntry("message", problem.get("detail"));
    assertThat(String.valueOf(problem.get("title"))).isNotBlank();
    assertThat(String.valueOf(problem.get("detail"))).isNotBlank();
    tellsNothingOfTheMachine();
    return problem;
  }

  /** No banner, no class name, no stack trace. */
  public void tellsNothingOfTheMachine() {
    assertThat(header("Server")).isEmpty();
    assertThat(header("X-Powered-By")).isEmpty();
    assertThat(body).doesNotContainPattern("java\\.|micronaut|netty|jackson|Exception|\\bat io\\.");
  }

  private static Object parse(String json) {
    try {
      return JsonMapper.createDefault().readValue(json, Argument.of(Object.class));
    } catch (IOException e) {
      throw new UncheckedIOException("not JSON: " + json, e);
    }
  }
}
