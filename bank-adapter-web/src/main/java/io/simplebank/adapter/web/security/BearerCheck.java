package io.simplebank.adapter.web.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jwt.SignedJWT;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.simplebank.domain.port.in.CheckSession;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who bears the access token of a request. Its signature and what it says are looked at
 * when it comes for the first time; with every request, whether it is good now and its session goes
 * on.
 */
@Singleton
final class BearerCheck {
  /** About 8 MB of tokens in each of the two. */
  private static final int GENERATION = 10_000;

  /** Matched without case (RFC 9110, 11.1). */
  private static final String SCHEME = "Bearer ";

  private final SigningKeys keys;
  private final AccessTokenRules rules;
  private final CheckSession checkSession;
  private final InstantSource clock;
  private final KnownTokens known = new KnownTokens(GENERATION);

  BearerCheck(
      SigningKeys keys, AccessTokenRules rules, CheckSession checkSession, InstantSource clock) {
    this.keys = keys;
    this.rules = rules;
    this.checkSession = checkSession;
    this.clock = clock;
  }

  /** Who bears a token that is good now, if anybody does. */
  Optional<Bearer> bearer(HttpRequest<?> request) {
    @Nullable String credentials = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
    if (credentials == null || !credentials.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    String token = credentials.substring(SCHEME.length());
    Instant now = clock.instant();
    return known
        .find(token)
        .or(() -> learn(token))
        .filter(bearer -> bearer.isGoodAt(now) && checkSession.goesOn(bearer.session()));
  }

  private Optional<Bearer> learn(String token) {
    try {
      SignedJWT signed = SignedJWT.parse(token);
      if (!keys.verify(signed)) {
        return Optional.empty();
      }
      Optional<Bearer> bearer = rules.bearer(signed.getJWTClaimsSet());
      bearer.ifPresent(good -> known.add(token, good));
      return bearer;
    } catch (ParseException | JOSEException e) {
      // Whoever sent it is told; in the log, anybody could fill pages with it.
      return Optional.empty();
    }
  }
}
