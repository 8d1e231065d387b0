package io.simplebank.adapter.web.http;

import io.micronaut.context.annotation.Value;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * Tells browsers and caches, with every answer, to keep it to themselves: an API has nothing to
 * embed, and what it says of money is nobody else's.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
public final class SecurityHeaders implements Ordered {
  /** Long enough that browsers ask for new keys rarely, short enough to wait for it. */
  private static final String KEYS_MAY_BE_KEPT = "public, max-age=300";

  private static final String CONTENT_SECURITY_POLICY = "Content-Security-Policy";

  /** For all but the one page that there is, which says itself what it needs. */
  private static final String NO_PAGE = "default-src 'none'; frame-ancestors 'none'";

  private static final String A_YEAR = "max-age=31536000";

  private final ClientAddress clientAddress;
  private final String publishedKeys;

  SecurityHeaders(
      ClientAddress clientAddress,
      @Value("${micronaut.security.endpoints.keys.path}") String publishedKeys) {
    this.clientAddress = clientAddress;
    this.publishedKeys = publishedKeys;
  }

  /** Around all other filters: theirs are answers too. */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  /** Puts them into that answer, also where no filter runs: to what is no HTTP. */
  @ResponseFilter
  public void add(HttpRequest<?> request, MutableHttpResponse<?> response) {
    boolean keys =
        response.code() == HttpStatus.OK.getCode() && request.getPath().equals(publishedKeys);
    response
        .getHeaders()
        .set(HttpHeaders.CACHE_CONTROL, keys ? KEYS_MAY_BE_KEPT : "no-store")
        .set("Referrer-Policy", "no-referrer")
        .set("X-Content-Type-Options", "nosniff")
        .set("X-Frame-Options", "DENY");
    if (!response.getHeaders().contains(CONTENT_SECURITY_POLICY)) {
      response.getHeaders().set(CONTENT_SECURITY_POLICY, NO_PAGE);
    }
    if (clientAddress.isSecure(request)) {
      // Only then: over plain HTTP anybody on the way could have written it (RFC 6797, 7.2).
      response.getHeaders().set("Strict-Transport-Security", A_YEAR);
    }
  }
}
