package io.simplebank.domain.port.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplebank.domain.user.EmailAddress;
import io.simplebank.domain.user.EmailVerification;
import io.simplebank.domain.user.Secret;
import io.simplebank.domain.user.User;
import io.simplebank.domain.user.Username;
import io.simplebank.domain.user.VerificationId;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link EmailVerificationRepository} does. */
public abstract class EmailVerificationRepositoryContract extends StoresContract {
  /** For the tests of each store that keeps this contract. */
  protected EmailVerificationRepositoryContract() {}

  @Test
  void adds_a_verification_of_which_no_mail_has_been_sent() {
    User user = registeredUser();

    EmailVerification verification = inserted(user, NOW);

    assertThat(verification)
        .isEqualTo(
            EmailVerification.requested(verification.id(), user.username(), user.email(), NOW));
    assertThat(locked(verification.id())).contains(verification);
  }

  @Test
  void gives_each_verification_a_greater_number_than_the_last() {
    User user = registeredUser();

    assertThat(inserted(user, NOW).id().value()).isLessThan(inserted(user, NOW).id().value());
  }

  @Test
  void refuses_a_verification_of_nobody() {
    Username nobody = new Username(freshName());
    EmailAddress email = new EmailAddress("nobody@example.com");

    assertThatThrownBy(() -> stores().verifications().insert(nobody, email, NOW))
        .isInstanceOf(RuntimeException.class);

    assertThat(stores().verifications().findLatest(nobody)).isEmpty();
  }

  @Test
  void finds_none_of_an_unknown_number() {
    assertThat(locked(new VerificationId(Long.MAX_VALUE))).isEmpty();
  }

  @Test
  void keeps_what_a_locked_verification_has_become() {
    EmailVerification verification = inserted(registeredUser(), NOW);
    EmailVerification sent = verification.withCode(new Secret("first"), NOW.plusSeconds(1));
    EmailVerification sentAgain = sent.withCode(new Secret("second"), NOW.plusSeconds(2));
    EmailVerification confirmed = sentAgain.confirmed(NOW.plusSeconds(3));

    assertThat(updated(sent)).contains(sent);
    assertThat(updated(sentAgain)).contains(sentAgain);
    assertThat(updated(confirmed)).contains(confirmed);
  }

  @Test
  void refuses_to_keep_a_verification_that_there_is_none_of() {
    User user = registeredUser();
    EmailVerification unknown =
        EmailVerification.requested(
            new VerificationId(Long.MAX_VALUE), user.username(), user.email(), NOW);

    assertThatThrownBy(() -> updated(unknown)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void finds_the_latest_verification_of_a_user() {
    User user = registeredUser();
    User other = registeredUser();
    inserted(user, NOW);
    // Servers' clocks differ: the number tells which is the latest.
    EmailVerification latest = inserted(user, NOW.minusSeconds(1));
    inserted(other, NOW);

    assertThat(stores().verifications().findLatest(user.username())).contains(latest);
    assertThat(stores().verifications().findLatest(registeredUser().username())).isEmpty();
  }

  @Test
  void removes_what_was_asked_for_before_a_time() {
    Instant past = Instant.parse("2001-01-01T00:00:00Z");
    User user = registeredUser();
    EmailVerification old = inserted(user, past.minusSeconds(1));
    EmailVerification young = inserted(user, past);

    assertThat(stores().verifications().removeOlderThan(past)).isEqualTo(1);

    assertThat(locked(old.id())).isEmpty();
    assertThat(locked(young.id())).contains(young);
    assertThat(stores().verifications().removeOlderThan(past)).isZero();
    assertThat(stores().verifications().removeOlderThan(past.plusSeconds(1))).isEqualTo(1);
  }

  @Test
  void lets_one_change_a_verification_after_the_other() throws Exception {
    EmailVerification verification = inserted(registeredUser(), NOW);

    simultaneously(8, () -> codeExpiresASecondLater(verification.id()));

    assertThat(locked(verification.id()).orElseThrow().codeExpiresAt())
        .isEqualTo(NOW.plus(EmailVerification.CODE_LIFETIME).plusSeconds(8));
  }

  /** Which needs what the one before has written. */
  private Optional<EmailVerification> codeExpiresASecondLater(VerificationId id) {
    return stores()
        .transactions()
        .inTransaction(
            () -> {
              EmailVerification before = stores().verifications().lock(id).orElseThrow();
              Instant sentAt =
                  before.codeExpiresAt() == null
                      ? NOW
                      : before.codeExpiresAt().minus(EmailVerification.CODE_LIFETIME);
              EmailVerification after = before.withCode(new Secret("code"), sentAt.plusSeconds(1));
              stores().verifications().update(after);
              return Optional.of(after);
            });
  }

  private EmailVerification inserted(User user, Instant at) {
    return stores().verifications().insert(user.username(), user.email(), at);
  }

  private Optional<EmailVerification> locked(VerificationId id) {
    return stores().transactions().inTransaction(() -> stores().verifications().lock(id));
  }

  private Optional<EmailVerification> updated(EmailVerification verification) {
    return stores()
        .transactions()
        .inTransaction(
            () -> {
              stores().verifications().update(verification);
              return stores().verifications().lock(verification.id());
            });
  }
}
