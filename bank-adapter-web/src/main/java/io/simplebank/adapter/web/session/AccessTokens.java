package io.simplebank.adapter.web.session;

import io.micronaut.context.annotation.Value;
import io.micronaut.security.token.generator.TokenGenerator;
import io.simplebank.domain.session.Session;
import io.simplebank.domain.user.User;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** Issues the signed tokens (JWT, RFC 7519) with which clients prove who they are. */
@Singleton
final class AccessTokens {
  private final TokenGenerator generator;
  private final InstantSource clock;
  private final String issuer;
  private final String audience;
  private final Duration lifetime;

  AccessTokens(
      TokenGenerator generator,
      InstantSource clock,
      @Value("${bank.access-token.issuer}") String issuer,
      @Value("${bank.access-token.audience}") String audience,
      @Value("${bank.access-token.lifetime}") Duration lifetime) {
    this.generator = generator;
    this.clock = clock;
    this.issuer = issuer;
    this.audience = audience;
    this.lifetime = lifetime;
  }

  /** A token of that user's that is good for its lifetime, but not longer than the session is. */
  AccessToken issue(User user, Session session) {
    Instant now = clock.instant();
    Instant lifetimesEnd = now.plus(lifetime);
    Instant expiresAt =
        lifetimesEnd.isBefore(session.expiresAt()) ? lifetimesEnd : session.expiresAt();
    Map<String, Object> claims =
        Map.of(
            "iss", issuer,
            "aud", audience,
            "sub", user.username().value(),
            "roles", List.of(user.role().code()),
            "sid", session.id().toString(),
            "iat", Date.from(now),
            "nbf", Date.from(now),
            "exp", Date.from(expiresAt));
    String token =
        generator
            .generateToken(claims)
            .orElseThrow(() -> new IllegalStateException("no access token could be signed"));
    return new AccessToken(token, expiresAt);
  }

  /** A token and when it stops being good. */
  record AccessToken(String value, Instant expiresAt) {}
}
