package io.simplebank.adapter.web.security;

import io.micronaut.security.authentication.Authentication;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.Username;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Whom an access token says that its bearer is.
 *
 * @param session in which they asked for it
 * @param notBefore from when on the token is good
 * @param expiresAt from when on it is no longer
 */
@SuppressWarnings("serial") // Nobody writes it anywhere, as the framework would allow.
public record Bearer(
    Username username, Role role, UUID session, Instant notBefore, Instant expiresAt)
    implements Authentication {
  /** By how much the clock of the replica that issued a token may be ahead. */
  private static final Duration LEEWAY = Duration.ofSeconds(10);

  boolean isGoodAt(Instant now) {
    return now.isBefore(expiresAt) && !now.plus(LEEWAY).isBefore(notBefore);
  }

  @Override
  public String getName() {
    return username.value();
  }

  @Override
  public List<String> getRoles() {
    return List.of(role.code());
  }

  @Override
  public Map<String, Object> getAttributes() {
    return Map.of();
  }
}
