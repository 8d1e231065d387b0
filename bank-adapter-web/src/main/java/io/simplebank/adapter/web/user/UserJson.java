package io.simplebank.adapter.web.user;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.simplebank.domain.user.User;
import java.time.Instant;

/** A user as clients see one: everything but the password's hash. */
@Serdeable(naming = SnakeCaseStrategy.class)
public record UserJson(
    String username,
    String role,
    String fullName,
    String email,
    @JsonProperty("is_email_verified") boolean emailVerified,
    Instant passwordChangedAt,
    Instant createdAt) {

  /** What clients see of that user. */
  public static UserJson of(User user) {
    return new UserJson(
        user.username().value(),
        user.role().code(),
        user.fullName(),
        user.email().value(),
        user.emailVerified(),
        user.passwordChangedAt(),
        user.createdAt());
  }
}
