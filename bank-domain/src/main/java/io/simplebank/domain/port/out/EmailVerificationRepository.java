package io.simplebank.domain.port.out;

import io.simplebank.domain.user.EmailAddress;
import io.simplebank.domain.user.EmailVerification;
import io.simplebank.domain.user.Username;
import io.simplebank.domain.user.VerificationId;
import java.time.Instant;
import java.util.Optional;

/** The store of e-mail verifications. */
public interface EmailVerificationRepository {
  /** Adds a verification of which no mail has been sent yet, of an existing user. */
  EmailVerification insert(Username username, EmailAddress email, Instant at);

  /** The verification of that number, which nobody else can change until the transaction ends. */
  Optional<EmailVerification> lock(VerificationId id);

  /** Keeps what a locked verification has become. */
  void update(EmailVerification verification);

  /** The latest verification of a user. */
  Optional<EmailVerification> findLatest(Username username);

  /**
   * Removes all that were asked for before that time.
   *
   * @return how many
   */
  int removeOlderThan(Instant time);
}
