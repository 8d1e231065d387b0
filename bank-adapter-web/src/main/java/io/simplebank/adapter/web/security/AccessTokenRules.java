package io.simplebank.adapter.web.security;

import com.nimbusds.jwt.JWTClaimsSet;
import io.micronaut.context.annotation.Value;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.Username;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What an access token must say, whoever signed it. The framework has rules for some of it, but
 * takes a token that never expires, and any end of an issuer for the issuer.
 */
@Singleton
final class AccessTokenRules {
  private final String issuer;
  private final String audience;

  AccessTokenRules(
      @Value("${bank.access-token.issuer}") String issuer,
      @Value("${bank.access-token.audience}") String audience) {
    this.issuer = issuer;
    this.audience = audience;
  }

  /** Whom those claims name, if they are an access token's; whether it is good now is not asked. */
  Optional<Bearer> bearer(JWTClaimsSet claims) {
    return issuer.equals(claims.getClaim("iss"))
            && claims.getClaim("aud") instanceof List<?> audiences
            && audiences.contains(audience)
            && claims.getClaim("exp") instanceof Date end
            && claims.getClaim("sub") instanceof String subject
            && isUsername(subject)
            && claims.getClaim("roles") instanceof List<?> roles
            && roles.size() == 1
        ? role(roles.getFirst())
            .flatMap(
                role ->
                    session(claims)
                        .map(
                            session ->
                                new Bearer(
                                    new Username(subject),
                                    role,
                                    session,
                                    begin(claims),
                                    end.toInstant())))
        : Optional.empty();
  }

  private static boolean isUsername(String subject) {
    return subject.matches(Username.PATTERN) && new Username(subject).value().equals(subject);
  }

  private static Optional<Role> role(Object code) {
    return Stream.of(Role.values()).filter(role -> role.code().equals(code)).findFirst();
  }

  private static Optional<UUID> session(JWTClaimsSet claims) {
    if (!(claims.getClaim("sid") instanceof String text)) {
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

  private static Instant begin(JWTClaimsSet claims) {
    return claims.getClaim("nbf") instanceof Date begin ? begin.toInstant() : Instant.MIN;
  }
}
