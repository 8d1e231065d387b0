package io.simplebank.application.user;

import io.simplebank.application.session.EndedSessions;
import io.simplebank.application.session.PasswordCheck;
import io.simplebank.domain.audit.AuditEvent;
import io.simplebank.domain.audit.AuditEvent.Action;
import io.simplebank.domain.port.in.UpdateUser;
import io.simplebank.domain.port.in.ViewUser;
import io.simplebank.domain.port.out.AuditLog;
import io.simplebank.domain.port.out.PasswordHasher;
import io.simplebank.domain.port.out.SessionRepository;
import io.simplebank.domain.port.out.Transactions;
import io.simplebank.domain.port.out.UserRepository;
import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.PasswordHash;
import io.simplebank.domain.user.User;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Shows users what the bank knows of them, and lets them change it. */
public final class ProfileService implements ViewUser, UpdateUser {
  private final Transactions transactions;
  private final UserRepository users;
  private final SessionRepository sessions;
  private final VerificationService verification;
  private final AuditLog audit;
  private final PasswordCheck passwords;
  private final PasswordHasher hasher;
  private final EndedSessions endedSessions;
  private final InstantSource clock;

  /** A service on those stores. */
  public ProfileService(
      Transactions transactions,
      UserRepository users,
      SessionRepository sessions,
      VerificationService verification,
      AuditLog audit,
      PasswordCheck passwords,
      PasswordHasher hasher,
      EndedSessions endedSessions,
      InstantSource clock) {
    this.transactions = transactions;
    this.users = users;
    this.sessions = sessions;
    this.verification = verification;
    this.audit = audit;
    this.passwords = passwords;
    this.hasher = hasher;
    this.endedSessions = endedSessions;
    this.clock = clock;
  }

  @Override
  public User view(Caller caller) {
    return users
        .find(caller.username())
        .orElseThrow(() -> new IllegalStateException("the user of a caller is gone"));
  }

  @Override
  public Outcome update(Command command) {
    PasswordChange change = command.password();
    if (change == null) {
      return update(command, null);
    }
    Caller caller = command.caller();
    return switch (passwords.check(caller.username(), change.current(), caller.address())) {
      case PasswordCheck.Result.Right(var user) ->
          update(command, new NewHash(user.passwordHash(), hasher.hash(change.wanted())));
      case PasswordCheck.Result.Wrong() -> new Outcome.WrongPassword();
      case PasswordCheck.Result.Blocked(var until) -> new Outcome.TooManyAttempts(until);
    };
  }

  /** Hashed before the transaction begins, because that takes its time. */
  private record NewHash(PasswordHash compared, PasswordHash wanted) {}

  private Outcome update(Command command, @Nullable NewHash newHash) {
    List<UUID> ended = new ArrayList<>();
    Outcome outcome = transactions.inTransaction(() -> keep(command, newHash, ended));
    endedSessions.learn(ended);
    return outcome;
  }

  private Outcome keep(Command command, @Nullable NewHash newHash, List<UUID> ended) {
    Caller caller = command.caller();
    User before = users.lock(caller.username()).orElseThrow();
    Instant now = clock.instant();
    if (newHash != null && !newHash.compared().equals(before.passwordHash())) {
      // Somebody else has changed it since it was compared.
      return new Outcome.WrongPassword();
    }
    User after = changed(before, command, newHash, now);
    if (!users.update(after)) {
      return new Outcome.EmailTaken();
    }
    if (!after.email().equals(before.email())) {
      verification.begin(after, now);
      String detail = before.email().value() + " -> " + after.email().value();
      record(caller, Action.EMAIL_CHANGED, detail, now);
    }
    if (newHash != null) {
      ended.addAll(sessions.endAll(caller.username(), caller.session(), now));
      record(caller, Action.PASSWORD_CHANGED, "", now);
    }
    return new Outcome.Updated(after);
  }

  private static User changed(User user, Command command, @Nullable NewHash newHash, Instant now) {
    User changed = user;
    if (command.fullName() != null) {
      changed = changed.renamed(command.fullName());
    }
    if (command.email() != null) {
      changed = changed.movedTo(command.email());
    }
    return newHash == null ? changed : changed.withPassword(newHash.wanted(), now);
  }

  private void record(Caller caller, Action action, String detail, Instant at) {
    audit.record(AuditEvent.by(caller, action, caller.username().value(), detail, at));
  }
}
