package io.simplebank.adapter.web.security;

import io.micronaut.http.HttpRequest;
import io.micronaut.security.token.Claims;
import io.micronaut.security.token.jwt.validator.GenericJwtClaimsValidator;
import io.simplebank.domain.port.in.CheckSession;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An access token belongs to a session, which it names, and is good while that goes on. */
@Singleton
final class LiveSession implements GenericJwtClaimsValidator<HttpRequest<?>> {
  private final CheckSession checkSession;

  LiveSession(CheckSession checkSession) {
    this.checkSession = checkSession;
  }

  @Override
  public boolean validate(Claims claims, @Nullable HttpRequest<?> request) {
    return session(claims).filter(checkSession::goesOn).isPresent();
  }

  private static Optional<UUID> session(Claims claims) {
    if (!(claims.get("sid") instanceof String text)) {
      return Optional.empty();
    }
    try {
      // Java also reads shorter texts as UUIDs, which no session is named by.
      return Optional.of(UUID.fromString(text))
          .filter(id -> id.toString().equals(text.toLowerCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
