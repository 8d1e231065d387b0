package io.simplebank.application.user;

import io.simplebank.domain.audit.AuditEvent;
import io.simplebank.domain.audit.AuditEvent.Action;
import io.simplebank.domain.port.in.RegisterUser;
import io.simplebank.domain.port.out.AuditLog;
import io.simplebank.domain.port.out.PasswordHasher;
import io.simplebank.domain.port.out.Transactions;
import io.simplebank.domain.port.out.UserRepository;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.User;
import java.time.InstantSource;

/** Registers depositors. */
public final class RegistrationService implements RegisterUser {
  private final Transactions transactions;
  private final UserRepository users;
  private final VerificationService verification;
  private final AuditLog audit;
  private final PasswordHasher hasher;
  private final InstantSource clock;

  /** A service on those stores, with that way to hash passwords and that clock. */
  public RegistrationService(
      Transactions transactions,
      UserRepository users,
      VerificationService verification,
      AuditLog audit,
      PasswordHasher hasher,
      InstantSource clock) {
    this.transactions = transactions;
    this.users = users;
    this.verification = verification;
    this.audit = audit;
    this.hasher = hasher;
    this.clock = clock;
  }

  @Override
  public Outcome register(Command command) {
    // Before the transaction: nobody should wait for a connection while somebody else hashes.
    User user = as(Role.DEPOSITOR, command);
    return transactions.inTransaction(
        () ->
            switch (users.insert(user)) {
              case INSERTED -> {
                verification.begin(user, user.createdAt());
                audit.record(
                    AuditEvent.by(
                        user.username(),
                        Action.REGISTERED,
                        user.username().value(),
                        command.clientAddress(),
                        user.createdAt()));
                yield new Outcome.Registered(user);
              }
              case USERNAME_TAKEN -> new Outcome.UsernameTaken();
              case EMAIL_TAKEN -> new Outcome.EmailTaken();
            });
  }

  /**
   * Makes sure that the bank has a first banker, as an operator asks at start. An existing user of
   * that name keeps their password and role: a restart is no way to take over an account.
   *
   * @return whether the banker was made now
   * @throws IllegalStateException when somebody else has the banker's e-mail address
   */
  public boolean ensureBanker(Command command) {
    if (users.find(command.username()).isPresent()) {
      return false;
    }
    User banker = as(Role.BANKER, command);
    return transactions.inTransaction(
        () ->
            switch (users.insert(banker)) {
              case INSERTED -> {
                audit.record(
                    new AuditEvent(
                        banker.createdAt(),
                        null,
                        Action.REGISTERED,
                        banker.username().value(),
                        banker.role().code(),
                        command.clientAddress(),
                        null));
                yield true;
              }
              case USERNAME_TAKEN -> false;
              case EMAIL_TAKEN ->
                  throw new IllegalStateException(
                      "another user has the e-mail address " + command.email().value());
            });
  }

  private User as(Role role, Command command) {
    return User.registered(
        command.username(),
        role,
        command.fullName(),
        command.email(),
        hasher.hash(command.password()),
        clock.instant());
  }
}
