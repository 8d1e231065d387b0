package io.simplebank.adapter.persistence.user;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.MappedProperty;
import io.simplebank.domain.user.EmailAddress;
import io.simplebank.domain.user.PasswordHash;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.User;
import io.simplebank.domain.user.Username;
import java.time.Instant;

@MappedEntity("users")
record UserRow(
    @Id String username,
    String role,
    String fullName,
    String email,
    @MappedProperty("is_email_verified") boolean emailVerified,
    String passwordHash,
    Instant passwordChangedAt,
    Instant createdAt) {
  static final String COLUMNS =
      """
      username, role, full_name, email, is_email_verified, password_hash, password_changed_at,
        created_at
      """;

  User toUser() {
    return new User(
        new Username(username),
        Role.ofCode(role),
        fullName,
        new EmailAddress(email),
        emailVerified,
        new PasswordHash(passwordHash),
        passwordChangedAt,
        createdAt);
  }
}
