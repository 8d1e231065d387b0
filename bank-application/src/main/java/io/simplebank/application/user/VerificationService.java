package io.simplebank.application.user;

import io.simplebank.domain.audit.AuditEvent;
import io.simplebank.domain.audit.AuditEvent.Action;
import io.simplebank.domain.port.in.RequestVerificationMail;
import io.simplebank.domain.port.in.SendVerificationMail;
import io.simplebank.domain.port.in.VerifyEmail;
import io.simplebank.domain.port.out.AuditLog;
import io.simplebank.domain.port.out.EmailVerificationRepository;
import io.simplebank.domain.port.out.MailSender;
import io.simplebank.domain.port.out.Transactions;
import io.simplebank.domain.port.out.UserRepository;
import io.simplebank.domain.port.out.VerificationMailQueue;
import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.EmailVerification;
import io.simplebank.domain.user.Mail;
import io.simplebank.domain.user.Secret;
import io.simplebank.domain.user.User;
import io.simplebank.domain.user.VerificationId;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Finds out whether mail reaches the users. */
public final class VerificationService
    implements VerifyEmail, RequestVerificationMail, SendVerificationMail {
  private final Transactions transactions;
  private final UserRepository users;
  private final EmailVerificationRepository verifications;
  private final VerificationMailQueue queue;
  private final AuditLog audit;
  private final MailSender sender;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final String publicAddress;

  /**
   * A service on those stores.
   *
   * @param random a source that nobody can predict: the codes come from it
   * @param publicAddress where the bank is found by those who read its mails
   */
  public VerificationService(
      Transactions transactions,
      UserRepository users,
      EmailVerificationRepository verifications,
      VerificationMailQueue queue,
      AuditLog audit,
      MailSender sender,
      InstantSource clock,
      RandomGenerator random,
      URI publicAddress) {
    this.transactions = transactions;
    this.users = users;
    this.verifications = verifications;
    this.queue = queue;
    this.audit = audit;
    this.sender = sender;
    this.clock = clock;
    this.random = random;
    this.publicAddress = publicAddress.toString().replaceFirst("/+$", "");
  }

  @Override
  public RequestVerificationMail.Outcome request(Caller caller) {
    return transactions.inTransaction(
        () -> {
          // Under the user's lock, so that of two requests at once one is too soon.
          User user = users.lock(caller.username()).orElseThrow();
          if (user.emailVerified()) {
            return new RequestVerificationMail.Outcome.AlreadyVerified();
          }
          Instant now = clock.instant();
          Optional<Instant> wait =
              verifications
                  .findLatest(user.username())
                  .filter(latest -> latest.email().equals(user.email()))
                  .map(EmailVerification::nextMailAt)
                  .filter(now::isBefore);
          if (wait.isPresent()) {
            return new RequestVerificationMail.Outcome.TooSoon(wait.get());
          }
          begin(user, now);
          return new RequestVerificationMail.Outcome.Requested(user.email());
        });
  }

  @Override
  public void send(VerificationId id) {
    // The transaction ends before the mail server is spoken to: it may take its time.
    transactions.inTransaction(() -> mail(id)).ifPresent(sender::send);
  }

  @Override
  public VerifyEmail.Outcome verify(VerifyEmail.Command command) {
    return transactions.inTransaction(
        () -> {
          Optional<EmailVerification> locked = verifications.lock(command.id());
          Instant now = clock.instant();
          return locked
              .filter(verification -> verification.isConfirmedBy(command.code(), now))
              .flatMap(verification -> confirm(verification, command.clientAddress(), now))
              .<VerifyEmail.Outcome>map(VerifyEmail.Outcome.Verified::new)
              .orElseGet(VerifyEmail.Outcome.Refused::new);
        });
  }

  /** Has a mail sent to that user, as a part of the transaction that gave them the address. */
  void begin(User user, Instant at) {
    queue.add(verifications.insert(user.username(), user.email(), at).id());
  }

  private Optional<Mail> mail(VerificationId id) {
    return verifications
        .lock(id)
        .filter(verification -> verification.confirmedAt() == null)
        .flatMap(
            verification ->
                users
                    .find(verification.username())
                    .filter(user -> !user.emailVerified())
                    .filter(user -> user.email().equals(verification.email()))
                    .map(user -> withNewCode(verification, user)));
  }

  /**
   * Says nothing that the user has written but their username: whoever registers with somebody
   * else's address could else have the bank send them any text, as their full name.
   */
  private Mail withNewCode(EmailVerification verification, User user) {
    Secret code = Secret.generate(random);
    verifications.update(verification.withCode(code, clock.instant()));
    String link =
        "%s/users/verify_email?email_id=%d&secret_code=%s"
            .formatted(publicAddress, verification.id().value(), code.value());
    return new Mail(
        verification.email(),
        "Please verify your e-mail address",
        """
        Hello %s,

        this is your address at Simple Bank. Please follow this link within %d minutes, so that \
        we know that our mail reaches you:

        %s

        If that was not you, somebody has mistyped their address: nothing needs to be done.
        """
            .formatted(user.username().value(), EmailVerification.CODE_LIFETIME.toMinutes(), link));
  }

  /**
   * The user, unless they have another address by now. A code that was good once says nothing of an
   * address to which they have come back since.
   */
  private Optional<User> confirm(
      EmailVerification verification, String clientAddress, Instant now) {
    Optional<User> user =
        users
            .lock(verification.username())
            .filter(found -> found.email().equals(verification.email()))
            .filter(found -> found.emailVerified() || verification.confirmedAt() == null);
    return user.map(
        found -> {
          if (found.emailVerified()) {
            return found;
          }
          User verified = found.verified();
          keep(verified);
          verifications.update(verification.confirmed(now));
          audit.record(
              AuditEvent.by(
                  found.username(),
                  Action.EMAIL_VERIFIED,
                  found.username().value(),
                  clientAddress,
                  now));
          return verified;
        });
  }

  private void keep(User user) {
    if (!users.update(user)) {
      throw new IllegalStateException("the address of a user is somebody else's");
    }
  }
}
