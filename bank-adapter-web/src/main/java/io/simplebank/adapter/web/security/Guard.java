package io.simplebank.adapter.web.security;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.authentication.AuthorizationException;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.security.rules.SecurityRuleResult;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Lets a request in where the first rule that has something to say about it allows it, and nowhere
 * else. The framework's filter, which is switched off, does the same by way of reactive streams.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class Guard implements Ordered {
  private final BearerCheck bearers;
  private final List<SecurityRule<HttpRequest<?>>> rules;

  Guard(BearerCheck bearers, List<SecurityRule<HttpRequest<?>>> rules) {
    this.bearers = bearers;
    this.rules = rules;
  }

  @Override
  public int getOrder() {
    return ServerFilterPhase.SECURITY.order();
  }

  /**
   * Makes known who is there.
   *
   * @throws AuthorizationException when they are not let in
   */
  @RequestFilter
  void check(HttpRequest<?> request) {
    @Nullable Bearer bearer = bearers.bearer(request).orElse(null);
    request.setUserPrincipal(bearer);
    if (!isLetIn(request, bearer)) {
      throw new AuthorizationException(bearer);
    }
  }

  private boolean isLetIn(HttpRequest<?> request, @Nullable Authentication authentication) {
    for (SecurityRule<HttpRequest<?>> rule : rules) {
      Verdict verdict = new Verdict();
      rule.check(request, authentication).subscribe(verdict);
      if (verdict.result != SecurityRuleResult.UNKNOWN) {
        return verdict.result == SecurityRuleResult.ALLOWED;
      }
    }
    return false;
  }

  /** What a rule says at once, since none has anybody else to ask; of a rule that fails, no. */
  private static final class Verdict implements Subscriber<SecurityRuleResult> {
    private SecurityRuleResult result = SecurityRuleResult.UNKNOWN;

    @Override
    public void onSubscribe(Subscription subscription) {
      subscription.request(1);
    }

    @Override
    public void onNext(SecurityRuleResult said) {
      result = said;
    }

    @Override
    public void onError(Throwable failure) {
      result = SecurityRuleResult.REJECTED;
    }

    @Override
    public void onComplete() {
      // It has been said.
    }
  }
}
