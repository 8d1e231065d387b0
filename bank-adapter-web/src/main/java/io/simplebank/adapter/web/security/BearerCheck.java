package io.simplebank.adapter.web.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jwt.SignedJWT;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.token.reader.TokenResolver;
import io.simplebank.domain.port.in.CheckSession;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Finds out who bears the access token of a request. Its signature and what it says are looked at
 * when it comes for the first time; with every request, whether it is good now and its session goes
 * on.
 */
@Singleton
final class BearerCheck {
  /** About 8 MB of tokens in each of the two. */
  private static final int GENERATION = 10_000;

  private final TokenResolver<HttpRequest<?>> tokens;
  private final SigningKeys keys;
  private final AccessTokenRules rules;
  private final CheckSession checkSession;
  private final InstantSource clock;
  private final KnownTokens known = new KnownTokens(GENERATION);

  BearerCheck(
      TokenResolver<HttpRequest<?>> tokens,
      SigningKeys keys,
      AccessTokenRules rules,
      CheckSession checkSession,
      InstantSource clock) {
    this.tokens = tokens;
    this.keys = keys;
    this.rules = rules;
    this.checkSession = checkSession;
    this.clock = clock;
  }

  /** Who bears a token that is good now, if anybody does. */
  Optional<Bearer> bearer(HttpRequest<?> request) {
    Instant now = clock.instant();
    return tokens.resolveTokens(request).stream()
        .flatMap(token -> known.find(token).or(() -> learn(token)).stream())
        .filter(bearer -> bearer.isGoodAt(now))
        .filter(bearer -> checkSession.goesOn(bearer.session()))
        .findFirst();
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
