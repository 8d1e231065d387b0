package io.simplebank.adapter.web.http;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Value;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.cors.CorsFilter;
import io.simplebank.adapter.web.UnusableSettingException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * From which origins a page in a browser may talk to the bank (CORS): those that are configured,
 * and where the bank is being tried out any on the same machine. Whoever is not a browser is not
 * concerned. The framework's filter answers a foreign origin with an empty 403, and a preflight
 * with what was asked instead of what there is.
 */
@Context // Made at start, so that a bank with origins that are none does not start.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Replaces(CorsFilter.class)
final class CrossOrigins implements Ordered {
  private static final Pattern ORIGIN =
      Pattern.compile("https?://([a-z0-9._-]+|\\[[0-9a-f:.]+\\])(:[0-9]{1,5})?");
  private static final Pattern LOCAL_ORIGIN =
      Pattern.compile("https?://(localhost|127\\.0\\.0\\.1|\\[::1\\])(:[0-9]{1,5})?");

  private static final String METHODS = "GET, POST, PUT, PATCH, DELETE";
  // In lower case, as clients of the older system look for them.
  private static final String REQUEST_HEADERS = "authorization, content-type, idempotency-key";
  private static final String ANSWER_HEADERS = "idempotent-replayed, retry-after, x-request-id";
  private static final String SECONDS_TO_REMEMBER = "600";

  private final Set<String> origins;
  private final boolean localOrigins;

  /**
   * Lets pages of those origins in.
   *
   * @param localOrigins whether all on the same machine are let in as well
   * @throws UnusableSettingException when one is no origin, such as {@code *}
   */
  CrossOrigins(
      @Value("${bank.cors-origins:}") List<String> origins,
      @Value("${embedded.local-origins:false}") boolean localOrigins) {
    this.origins =
        origins.stream()
            .map(String::strip)
            .filter(origin -> !origin.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
    this.localOrigins = localOrigins;
    for (String origin : this.origins) {
      if (!ORIGIN.matcher(origin).matches()) {
        throw new UnusableSettingException(
            "BANK_CORS_ORIGINS must list exact origins such as https://app.example.com, in lower"
                + " case and without a path, not "
                + origin);
      }
    }
  }

  /** Before anybody asks for a token, which a preflight never has. */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE + 1;
  }

  /** What a browser asks before it sends a page's request; without the page's credentials. */
  @RequestFilter
  @Nullable HttpResponse<?> preflight(HttpRequest<?> request) {
    boolean preflight =
        request.getMethod() == HttpMethod.OPTIONS
            && request.getHeaders().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
    if (!preflight || !isAllowed(request)) {
      return null;
    }
    MutableHttpResponse<?> response =
        HttpResponse.noContent()
            .header(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS)
            .header(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS)
            .header(HttpHeaders.ACCESS_CONTROL_MAX_AGE, SECONDS_TO_REMEMBER);
    // A filter that answers itself does not get to see its answer.
    allow(request, response);
    return response;
  }

  @ResponseFilter
  void allow(HttpRequest<?> request, MutableHttpResponse<?> response) {
    if (!origins.isEmpty() || localOrigins) {
      response.getHeaders().add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
    }
    if (isAllowed(request)) {
      response
          .getHeaders()
          .set(
              HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, request.getHeaders().get(HttpHeaders.ORIGIN))
          .set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, ANSWER_HEADERS);
    }
  }

  private boolean isAllowed(HttpRequest<?> request) {
    String origin = request.getHeaders().get(HttpHeaders.ORIGIN);
    return origin != null
        && (origins.contains(origin) || (localOrigins && LOCAL_ORIGIN.matcher(origin).matches()));
  }
}
