package io.simplebank.adapter.persistence.user;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface UserRows extends GenericRepository<UserRow, String> {

  @Query(
      """
      INSERT INTO users (username, role, full_name, email, is_email_verified, password_hash,
        password_changed_at, created_at)
      VALUES (:username, :role, :fullName, :email, :emailVerified, :passwordHash,
        :passwordChangedAt, :createdAt)
      ON CONFLICT DO NOTHING
      """)
  int insertUnlessTaken(
      String username,
      String role,
      String fullName,
      String email,
      boolean emailVerified,
      String passwordHash,
      Instant passwordChangedAt,
      Instant createdAt);

  Optional<UserRow> findById(String username);

  boolean existsById(String username);

  @Query("SELECT " + UserRow.COLUMNS + "FROM users ORDER BY username LIMIT :limit OFFSET :offset")
  List<UserRow> list(long offset, int limit);
}
