package io.simplebank.adapter.web.json;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.simplebank.adapter.web.problem.Problem;
import io.simplebank.adapter.web.problem.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * Refuses bodies that are packed. No order of money is so long that packing would pay, and a few
 * bytes could unpack to more than the bank has room for.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class EncodedBodies implements Ordered {
  private static final String NOT_AT_ALL = "identity";
  private static final String CHUNKED = "chunked";

  @Override
  public int getOrder() {
    return ServerFilterPhase.SECURITY.after();
  }

  @RequestFilter
  @Nullable HttpResponse<?> refuse(HttpRequest<?> request) {
    if (is(request, HttpHeaders.CONTENT_ENCODING, NOT_AT_ALL)
        && is(request, HttpHeaders.TRANSFER_ENCODING, CHUNKED)) {
      return null;
    }
    return Problem.of(
            ProblemCode.UNSUPPORTED_MEDIA_TYPE, "the body must be JSON without any encoding")
        .response()
        // As RFC 7694 has it.
        .header(HttpHeaders.ACCEPT_ENCODING, NOT_AT_ALL);
  }

  private static boolean is(HttpRequest<?> request, String header, String allowed) {
    for (String given : request.getHeaders().getAll(header)) {
      if (!allowed.equalsIgnoreCase(given)) {
        return false;
      }
    }
    return true;
  }
}
