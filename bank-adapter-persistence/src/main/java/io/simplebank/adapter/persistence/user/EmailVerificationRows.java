package io.simplebank.adapter.persistence.user;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface EmailVerificationRows extends GenericRepository<EmailVerificationRow, Long> {

  @Query(
      """
      UPDATE email_verifications
      SET code_hash = :codeHash, code_expires_at = :codeExpiresAt, confirmed_at = :confirmedAt
      WHERE id = :id
      """)
  int update(
      long id,
      @Nullable String codeHash,
      @Nullable Instant codeExpiresAt,
      @Nullable Instant confirmedAt);

  @Query(
      "SELECT "
          + EmailVerificationRow.COLUMNS
          + "FROM email_verifications WHERE username = :username ORDER BY id DESC LIMIT 1")
  Optional<EmailVerificationRow> findLatest(String username);

  @Query(
      """
      DELETE FROM email_verifications WHERE requested_at < :time
      """)
  int deleteOlderThan(Instant time);
}
