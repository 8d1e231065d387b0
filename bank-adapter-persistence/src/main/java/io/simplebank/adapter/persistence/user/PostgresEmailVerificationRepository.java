package io.simplebank.adapter.persistence.user;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.simplebank.domain.port.out.EmailVerificationRepository;
import io.simplebank.domain.port.out.Transactions;
import io.simplebank.domain.user.EmailAddress;
import io.simplebank.domain.user.EmailVerification;
import io.simplebank.domain.user.SecretHash;
import io.simplebank.domain.user.Username;
import io.simplebank.domain.user.VerificationId;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;

@Singleton
final class PostgresEmailVerificationRepository implements EmailVerificationRepository {
  private static final String INSERT =
      "INSERT INTO email_verifications (username, email, requested_at) VALUES (?, ?, ?) RETURNING "
          + EmailVerificationRow.COLUMNS;

  private static final String LOCK =
      "SELECT " + EmailVerificationRow.COLUMNS + "FROM email_verifications WHERE id = ? FOR UPDATE";

  private final EmailVerificationRows rows;
  private final JdbcOperations jdbc;
  private final Transactions transactions;

  PostgresEmailVerificationRepository(
      EmailVerificationRows rows, JdbcOperations jdbc, Transactions transactions) {
    this.rows = rows;
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  @Override
  public EmailVerification insert(Username username, EmailAddress email, Instant at) {
    return transactions.inTransaction(
        () ->
            jdbc.prepareStatement(
                INSERT,
                statement -> {
                  statement.setString(1, username.value());
                  statement.setString(2, email.value());
                  statement.setObject(3, at.atOffset(ZoneOffset.UTC));
                  try (ResultSet inserted = statement.executeQuery()) {
                    return first(inserted).orElseThrow();
                  }
                }));
  }

  @Override
  public Optional<EmailVerification> lock(VerificationId id) {
    return jdbc.prepareStatement(
        LOCK,
        statement -> {
          statement.setLong(1, id.value());
          try (ResultSet found = statement.executeQuery()) {
            return first(found);
          }
        });
  }

  @Override
  public void update(EmailVerification verification) {
    SecretHash code = verification.code();
    int updated =
        rows.update(
            verification.id().value(),
            code == null ? null : code.hex(),
            verification.codeExpiresAt(),
            verification.confirmedAt());
    if (updated != 1) {
      throw new IllegalStateException("there is no verification " + verification.id());
    }
  }

  @Override
  public Optional<EmailVerification> findLatest(Username username) {
    return rows.findLatest(username.value()).map(EmailVerificationRow::toEmailVerification);
  }

  @Override
  public int removeOlderThan(Instant time) {
    return rows.deleteOlderThan(time);
  }

  private Optional<EmailVerification> first(ResultSet found) {
    try (Stream<EmailVerificationRow> verifications =
        jdbc.entityStream(found, EmailVerificationRow.class)) {
      return verifications.map(EmailVerificationRow::toEmailVerification).findFirst();
    }
  }
}
