package io.simplebank.adapter.web.problem;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.security.rules.SecurityRuleResult;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.Router;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * Lets those who have logged in learn that a route does not exist; without this they would be told
 * that their role does not allow it. To everybody else every route that is not public is 401; at
 * the path of a public one they learn what is wrong, such as a method or an {@code Accept} that
 * leads nowhere. A request whose URI cannot be read arrives here as one for {@code /} without any
 * header, and is let through as well: the framework has a 400 for it.
 */
@Singleton
final class UnknownRouteRule implements SecurityRule<HttpRequest<?>> {
  private final Router router;

  UnknownRouteRule(Router router) {
    this.router = router;
  }

  @Override
  public Publisher<SecurityRuleResult> check(
      @Nullable HttpRequest<?> request, @Nullable Authentication authentication) {
    boolean known = request == null || RouteAttributes.getRouteMatch(request).isPresent();
    boolean unreadable = request != null && request.getHeaders().isEmpty();
    return Publishers.just(
        !known && (authentication != null || unreadable || isPublic(request))
            ? SecurityRuleResult.ALLOWED
            : SecurityRuleResult.UNKNOWN);
  }

  private boolean isPublic(@Nullable HttpRequest<?> request) {
    return request != null
        && router.findAny(request).stream()
            .anyMatch(
                route ->
                    List.of(route.getAnnotationMetadata().stringValues(Secured.class))
                        .contains(SecurityRule.IS_ANONYMOUS));
  }
}
