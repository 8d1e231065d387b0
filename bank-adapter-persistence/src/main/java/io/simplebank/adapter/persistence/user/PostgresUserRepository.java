package io.simplebank.adapter.persistence.user;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.simplebank.domain.port.out.UserRepository;
import io.simplebank.domain.user.User;
import io.simplebank.domain.user.Username;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

@Singleton
final class PostgresUserRepository implements UserRepository {
  /** NO KEY, because names never change: what refers to the user can be added meanwhile. */
  private static final String LOCK =
      "SELECT " + UserRow.COLUMNS + "FROM users WHERE username = ? FOR NO KEY UPDATE";

  private static final String UPDATE =
      """
      UPDATE users SET role = ?, full_name = ?, email = ?, is_email_verified = ?,
        password_hash = ?, password_changed_at = ?
      WHERE username = ?
      """;

  /** SQLSTATE unique_violation: of what an update writes, the address alone is unique. */
  private static final String TAKEN = "23505";

  private final UserRows rows;
  private final JdbcOperations jdbc;

  PostgresUserRepository(UserRows rows, JdbcOperations jdbc) {
    this.rows = rows;
    this.jdbc = jdbc;
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
    // Names never change and users are never deleted: a name that stood in the way is still there.
    return rows.existsById(username) ? Insertion.USERNAME_TAKEN : Insertion.EMAIL_TAKEN;
  }

  @Override
  public Optional<User> find(Username username) {
    return rows.findById(username.value()).map(UserRow::toUser);
  }

  @Override
  public Optional<User> lock(Username username) {
    return jdbc.prepareStatement(
        LOCK,
        statement -> {
          statement.setString(1, username.value());
          try (ResultSet found = statement.executeQuery();
              Stream<UserRow> users = jdbc.entityStream(found, UserRow.class)) {
            return users.map(UserRow::toUser).findFirst();
          }
        });
  }

  @Override
  public boolean update(User user) {
    return jdbc.execute(connection -> updateUnlessTaken(connection, user));
  }

  @Override
  public List<User> list(long offset, int limit) {
    return rows.list(offset, limit).stream().map(UserRow::toUser).toList();
  }

  /**
   * Asking first whether the address is free would not hold: somebody may take it meanwhile. So the
   * constraint decides, and the savepoint keeps the transaction usable when it has refused.
   */
  private static boolean updateUnlessTaken(Connection connection, User user) throws SQLException {
    Savepoint before = connection.setSavepoint();
    try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
      statement.setString(1, user.role().code());
      statement.setString(2, user.fullName());
      statement.setString(3, user.email().value());
      statement.setBoolean(4, user.emailVerified());
      statement.setString(5, user.passwordHash().value());
      statement.setObject(6, user.passwordChangedAt().atOffset(ZoneOffset.UTC));
      statement.setString(7, user.username().value());
      if (statement.executeUpdate() != 1) {
        throw new IllegalStateException("there is no user " + user.username().value());
      }
      connection.releaseSavepoint(before);
      return true;
    } catch (SQLException e) {
      if (!TAKEN.equals(e.getSQLState())) {
        throw e;
      }
      connection.rollback(before);
      return false;
    }
  }
}
