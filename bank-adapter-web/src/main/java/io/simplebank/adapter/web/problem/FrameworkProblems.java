package io.simplebank.adapter.web.problem;

import io.micronaut.context.annotation.Primary;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.micronaut.validation.validator.Validator;
import io.micronaut.web.router.MethodBasedRouteMatch;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteMatch;
import io.micronaut.web.router.exceptions.UnsatisfiedBodyRouteException;
import io.micronaut.web.router.exceptions.UnsatisfiedRouteException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.simplebank.adapter.web.http.RequestId;
import io.simplebank.adapter.web.http.SecurityHeaders;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns every error that the framework raises into a problem detail. */
@Singleton
@Primary
final class FrameworkProblems implements ErrorResponseProcessor<Problem> {
  private final ConversionService conversion;
  private final Validator validator;
  private final SecurityHeaders securityHeaders;

  FrameworkProblems(
      ConversionService conversion, Validator validator, SecurityHeaders securityHeaders) {
    this.conversion = conversion;
    this.validator = validator;
    this.securityHeaders = securityHeaders;
  }

  @Override
  public MutableHttpResponse<Problem> processResponse(
      ErrorContext context, MutableHttpResponse<?> response) {
    securityHeaders.add(context.getRequest(), response);
    response.getHeaders().set(RequestId.HEADER, RequestId.of(context.getRequest()));
    MutableHttpResponse<Problem> answer =
        context
            .getRootCause()
            .map(cause -> ofCause(cause, context, response))
            .orElseGet(() -> ofStatus(context, response))
            .at(context.getRequest().getPath())
            .in(response);
    return context.getRequest().getMethod() == HttpMethod.HEAD ? answer.body(null) : answer;
  }

  private Problem ofCause(Throwable cause, ErrorContext context, HttpResponse<?> response) {
    return switch (cause) {
      case ConstraintViolationException violations ->
          Problem.ofViolations(sorted(violations(violations.getConstraintViolations())));
      case ConversionErrorException mismatch ->
          Problem.ofViolations(sorted(violations(mismatch.getArgument(), context.getRequest())));
      case UnsatisfiedBodyRouteException body ->
          Problem.of(ProblemCode.MALFORMED_JSON, "a JSON object is needed in the body");
      case UnsatisfiedRouteException missing ->
          Problem.ofViolations(sorted(violations(missing.getArgument(), context.getRequest())));
      default -> ofStatus(context, response);
    };
  }

  private static Problem ofStatus(ErrorContext context, HttpResponse<?> response) {
    HttpStatus status = response.status();
    String method = context.getRequest().getMethodName();
    String path = context.getRequest().getPath();
    return switch (status) {
      case UNAUTHORIZED ->
          Problem.of(ProblemCode.UNAUTHENTICATED, "a valid bearer token is needed");
      case FORBIDDEN -> Problem.of(ProblemCode.FORBIDDEN, "this is not for the caller's role");
      case NOT_FOUND -> Problem.of(ProblemCode.NOT_FOUND, "nothing is at " + path);
      case METHOD_NOT_ALLOWED ->
          Problem.of(ProblemCode.METHOD_NOT_ALLOWED, method + " is not allowed at " + path);
      case NOT_ACCEPTABLE ->
          Problem.of(ProblemCode.NOT_ACCEPTABLE, "none of the accepted media types is available");
      case UNSUPPORTED_MEDIA_TYPE ->
          Problem.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "the body must be JSON");
      case REQUEST_ENTITY_TOO_LARGE -> tooLarge(context.getRequest());
      case SERVICE_UNAVAILABLE -> Problem.of(ProblemCode.UNAVAILABLE, "try again in a moment");
      default ->
          status.getCode() < HttpStatus.INTERNAL_SERVER_ERROR.getCode()
              ? Problem.of(ProblemCode.BAD_REQUEST, status.getReason())
              : Problem.of(ProblemCode.INTERNAL_ERROR, "the bank failed; it is not your fault");
    };
  }

  /** The framework says of everything that is too large that it is the body. */
  private static Problem tooLarge(HttpRequest<?> request) {
    Throwable reason =
        request instanceof NettyHttpRequest<?> received
            ? received.getNativeRequest().decoderResult().cause()
            : null;
    return switch (reason) {
      case TooLongHttpLineException line ->
          Problem.of(ProblemCode.URI_TOO_LONG, "the URI is longer than is accepted");
      case TooLongHttpHeaderException header ->
          Problem.of(ProblemCode.HEADERS_TOO_LARGE, "the headers are larger than is accepted");
      case null, default ->
          Problem.of(ProblemCode.BODY_TOO_LARGE, "the body is larger than is accepted");
    };
  }

  /**
   * The framework stops at the first parameter that is missing or of a wrong type; clients learn of
   * all that is wrong.
   */
  private Stream<Violation> violations(Argument<?> first, HttpRequest<?> request) {
    if (!(RouteAttributes.getRouteMatch(request).orElse(null)
        instanceof MethodBasedRouteMatch<?, ?> route)) {
      return Stream.of(mismatch(first));
    }
    List<Violation> wrong = new ArrayList<>();
    Argument<?>[] arguments = route.getArguments();
    @Nullable Object[] values = new @Nullable Object[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      Object given = given(arguments[i], route, request);
      values[i] = given == null ? null : conversion.convert(given, arguments[i]).orElse(null);
      if (given == null && isRequired(arguments[i])) {
        wrong.add(Violation.of(arguments[i].getName(), "is required"));
      } else if (arguments[i].equals(first) || (given != null && values[i] == null)) {
        wrong.add(mismatch(arguments[i]));
      }
    }
    return Stream.concat(
        wrong.stream(),
        violations(
            validator
                .forExecutables()
                .validateParameters(route.getTarget(), route.getExecutableMethod(), values)));
  }

  private static boolean isRequired(Argument<?> argument) {
    return argument.getAnnotationMetadata().hasAnnotation(QueryValue.class)
        && argument.getAnnotationMetadata().stringValue(Bindable.class, "defaultValue").isEmpty()
        && !argument.isNullable();
  }

  private static @Nullable Object given(
      Argument<?> argument, RouteMatch<?> route, HttpRequest<?> request) {
    return argument.getAnnotationMetadata().hasAnnotation(QueryValue.class)
        ? request.getParameters().get(Violation.wireName(argument.getName()))
        : route.getVariableValues().get(argument.getName());
  }

  private static Violation mismatch(Argument<?> argument) {
    return Violation.of(argument.getName(), "must be " + expected(argument.getType()));
  }

  private static Stream<Violation> violations(Set<? extends ConstraintViolation<?>> violations) {
    return violations.stream().map(FrameworkProblems::violation);
  }

  private static List<Violation> sorted(Stream<Violation> violations) {
    return violations.sorted(Comparator.comparing(Violation::field)).toList();
  }

  private static Violation violation(ConstraintViolation<?> violation) {
    String field = "";
    for (Path.Node node : violation.getPropertyPath()) {
      field = node.getName();
    }
    return Violation.of(field, violation.getMessage());
  }

  private static String expected(Class<?> type) {
    if (type == int.class || type == long.class || Number.class.isAssignableFrom(type)) {
      return "a whole number in range";
    }
    if (type == UUID.class) {
      return "a UUID";
    }
    return type == Instant.class ? "a time as of RFC 3339" : "of another type";
  }
}
