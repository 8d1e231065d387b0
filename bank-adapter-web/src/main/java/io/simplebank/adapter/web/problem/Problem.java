package io.simplebank.adapter.web.problem;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.context.ServerRequestContext;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A problem detail as of RFC 9457. {@code error} and {@code message} repeat the detail, because
 * clients of the older system read one or the other. After how many seconds to come back is told in
 * a header.
 */
@Serdeable
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String instance,
    String code,
    List<Violation> violations,
    String error,
    String message,
    @JsonIgnore @Nullable Long retryAfter) {
  /** Nobody knows when an overload ends. */
  private static final long A_MOMENT = 1;

  /** A refusal with what the client should know about it. */
  public static Problem of(ProblemCode code, String detail) {
    return of(code, detail, List.of());
  }

  /** A refusal of wrong fields or parameters. */
  public static Problem ofViolations(List<Violation> violations) {
    String detail =
        violations.stream()
            .map(violation -> violation.field() + " " + violation.message())
            .collect(Collectors.joining("; "));
    return of(ProblemCode.INVALID_REQUEST, detail, violations);
  }

  private static Problem of(ProblemCode code, String detail, List<Violation> violations) {
    String instance =
        ServerRequestContext.currentRequest().map(request -> request.getPath()).orElse("");
    return new Problem(
        "urn:simple-bank:problem:" + code.code(),
        code.title(),
        code.status().getCode(),
        detail,
        instance,
        code.code(),
        violations,
        detail,
        detail,
        code.status() == HttpStatus.SERVICE_UNAVAILABLE ? A_MOMENT : null);
  }

  /** This problem with a request of which the thread that met it may not know. */
  public Problem at(String path) {
    return new Problem(
        type, title, status, detail, path, code, violations, error, message, retryAfter);
  }

  /** This problem with the time after which it is worth while to come back. */
  Problem after(long seconds) {
    return new Problem(
        type, title, status, detail, instance, code, violations, error, message, seconds);
  }

  /** The response that carries this problem and nothing else. */
  public MutableHttpResponse<Problem> response() {
    return in(HttpResponse.status(status, title));
  }

  /** Puts this problem into a response that has been begun. */
  MutableHttpResponse<Problem> in(MutableHttpResponse<?> response) {
    if (status == HttpStatus.UNAUTHORIZED.getCode()) {
      response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
    if (retryAfter != null) {
      response.header(HttpHeaders.RETRY_AFTER, retryAfter.toString());
    }
    return response.status(status).contentType(MediaType.APPLICATION_JSON_PROBLEM_TYPE).body(this);
  }
}
