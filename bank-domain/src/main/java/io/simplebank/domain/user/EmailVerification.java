package io.simplebank.domain.user;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a user shows that mail reaches them: a secret code is sent to the address, and whoever comes
 * back with it has read that mail.
 *
 * @param id its number
 * @param username whose address it is
 * @param email the address as it was when the mail was asked for
 * @param requestedAt when that was
 * @param code the hash of the code that was sent last; null until a mail is on its way
 * @param codeExpiresAt until when that code is good; null until then, too
 * @param confirmedAt when the user came back with the code; null until they do
 */
public record EmailVerification(
    VerificationId id,
    Username username,
    EmailAddress email,
    Instant requestedAt,
    @Nullable SecretHash code,
    @Nullable Instant codeExpiresAt,
    @Nullable Instant confirmedAt) {
  /** How long a code is good after the mail with it was handed over. */
  public static final Duration CODE_LIFETIME = Duration.ofMinutes(15);

  /** How long a user waits before they may ask for another mail. */
  public static final Duration PAUSE = Duration.ofMinutes(1);

  /**
   * @throws IllegalArgumentException when there is a code without its expiry or the other way
   *     round, or a confirmation without a code
   */
  public EmailVerification {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(username, "username");
    Objects.requireNonNull(email, "email");
    Objects.requireNonNull(requestedAt, "requestedAt");
    if ((code == null) != (codeExpiresAt == null) || (code == null && confirmedAt != null)) {
      throw new IllegalArgumentException("a code expires, and what is confirmed had a code");
    }
  }

  /** A verification of which no mail has been sent yet. */
  public static EmailVerification requested(
      VerificationId id, Username username, EmailAddress email, Instant at) {
    return new EmailVerification(id, username, email, at, null, null, null);
  }

  /** This verification with a new code, which takes the place of an earlier one. */
  public EmailVerification withCode(Secret secret, Instant at) {
    return new EmailVerification(
        id, username, email, requestedAt, secret.hash(), at.plus(CODE_LIFETIME), confirmedAt);
  }

  /** This verification once the user has come back with the code. */
  public EmailVerification confirmed(Instant at) {
    return new EmailVerification(
        id,
        username,
        email,
        requestedAt,
        code,
        codeExpiresAt,
        confirmedAt == null ? at : confirmedAt);
  }

  /**
   * Whether coming back with that secret shows that the user has read the mail. It does so again
   * once it has done so: mail programs follow links before their readers do.
   */
  public boolean isConfirmedBy(Secret secret, Instant now) {
    return secret.hash().equals(code)
        && (confirmedAt != null || (codeExpiresAt != null && now.isBefore(codeExpiresAt)));
  }

  /** When another mail may be asked for. */
  public Instant nextMailAt() {
    return requestedAt.plus(PAUSE);
  }
}
