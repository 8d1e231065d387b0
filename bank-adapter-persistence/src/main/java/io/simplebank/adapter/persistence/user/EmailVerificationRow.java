package io.simplebank.adapter.persistence.user;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.simplebank.domain.user.EmailAddress;
import io.simplebank.domain.user.EmailVerification;
import io.simplebank.domain.user.SecretHash;
import io.simplebank.domain.user.Username;
import io.simplebank.domain.user.VerificationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of e-mail verifications; without a code, no mail has been sent yet. */
@MappedEntity("email_verifications")
record EmailVerificationRow(
    @Id long id,
    String username,
    String email,
    Instant requestedAt,
    @Nullable String codeHash,
    @Nullable Instant codeExpiresAt,
    @Nullable Instant confirmedAt) {
  static final String COLUMNS =
      "id, username, email, requested_at, code_hash, code_expires_at, confirmed_at ";

  EmailVerification toEmailVerification() {
    return new EmailVerification(
        new VerificationId(id),
        new Username(username),
        new EmailAddress(email),
        requestedAt,
        codeHash == null ? null : new SecretHash(codeHash),
        codeExpiresAt,
        confirmedAt);
  }
}
