package io.simplebank.adapter.web.security;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.token.Claims;
import io.micronaut.security.token.jwt.validator.GenericJwtClaimsValidator;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.Username;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an access token must say, whoever signed it. The framework has rules for some of it, but
 * takes a token that never expires, and any end of an issuer for the issuer.
 */
@Singleton
final class AccessTokenRules implements GenericJwtClaimsValidator<HttpRequest<?>> {
  /** By how much the clock of the replica that issued a token may be ahead. */
  private static final Duration LEEWAY = Duration.ofSeconds(10);

  private final InstantSource clock;
  private final String issuer;
  private final String audience;

  AccessTokenRules(
      InstantSource clock,
      @Value("${bank.access-token.issuer}") String issuer,
      @Value("${bank.access-token.audience}") String audience) {
    this.clock = clock;
    this.issuer = issuer;
    this.audience = audience;
  }

  @Override
  public boolean validate(Claims claims, @Nullable HttpRequest<?> request) {
    return issuer.equals(claims.get("iss"))
        && claims.get("aud") instanceof List<?> audiences
        && audiences.contains(audience)
        && isGoodNow(claims)
        && claims.get("sub") instanceof String subject
        && isUsername(subject)
        && claims.get("roles") instanceof List<?> roles
        && roles.size() == 1
        && isRole(roles.getFirst());
  }

  private boolean isGoodNow(Claims claims) {
    Instant now = clock.instant();
    return claims.get("exp") instanceof Date end
        && now.isBefore(end.toInstant())
        && (!(claims.get("nbf") instanceof Date begin)
            || !now.plus(LEEWAY).isBefore(begin.toInstant()));
  }

  private static boolean isUsername(String subject) {
    return subject.matches(Username.PATTERN) && new Username(subject).value().equals(subject);
  }

  private static boolean isRole(Object code) {
    return Stream.of(Role.values()).anyMatch(role -> role.code().equals(code));
  }
}
