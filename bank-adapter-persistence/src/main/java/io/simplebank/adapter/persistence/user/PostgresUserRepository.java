package io.simplebank.adapter.persistence.user;

import io.simplebank.domain.port.out.UserRepository;
import io.simplebank.domain.user.User;
import io.simplebank.domain.user.Username;
import jakarta.inject.Singleton;
import java.util.Optional;

@Singleton
final class PostgresUserRepository implements UserRepository {
  private final UserRows rows;

  PostgresUserRepository(UserRows rows) {
    this.rows = rows;
  }

  @Override
  public Insertion insert(User user) {
    String username = user.username().value();
    int inserted =
        rows.insertUnlessTaken(
            username,
            user.role().code(),
            user.fullName(),
            user.email().value(),
            user.emailVerified(),
            user.passwordHash().value(),
            user.passwordChangedAt(),
            user.createdAt());
    if (inserted == 1) {
      return Insertion.INSERTED;
    }
    // Users are never deleted, so what stood in the way is still there to be asked for.
    return rows.existsById(username) ? Insertion.USERNAME_TAKEN : Insertion.EMAIL_TAKEN;
  }

  @Override
  public Optional<User> find(Username username) {
    return rows.findById(username.value()).map(UserRow::toUser);
  }
}
