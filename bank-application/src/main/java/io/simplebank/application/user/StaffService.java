package io.simplebank.application.user;

import io.simplebank.application.session.EndedSessions;
import io.simplebank.domain.audit.AuditEvent;
import io.simplebank.domain.audit.AuditEvent.Action;
import io.simplebank.domain.port.in.ChangeRole;
import io.simplebank.domain.port.in.ListUsers;
import io.simplebank.domain.port.out.AuditLog;
import io.simplebank.domain.port.out.SessionRepository;
import io.simplebank.domain.port.out.Transactions;
import io.simplebank.domain.port.out.UserRepository;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.User;
import io.simplebank.domain.user.Username;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What bankers do with other users. */
public final class StaffService implements ListUsers, ChangeRole {
  private final Transactions transactions;
  private final UserRepository users;
  private final SessionRepository sessions;
  private final AuditLog audit;
  private final EndedSessions endedSessions;
  private final InstantSource clock;

  /** A service on those stores. */
  public StaffService(
      Transactions transactions,
      UserRepository users,
      SessionRepository sessions,
      AuditLog audit,
      EndedSessions endedSessions,
      InstantSource clock) {
    this.transactions = transactions;
    this.users = users;
    this.sessions = sessions;
    this.audit = audit;
    this.endedSessions = endedSessions;
    this.clock = clock;
  }

  @Override
  public Optional<List<User>> list(Query query) {
    long offset = (query.page() - 1L) * query.pageSize();
    return query.caller().isBanker()
        ? Optional.of(users.list(offset, query.pageSize()))
        : Optional.empty();
  }

  @Override
  public Outcome change(Command command) {
    if (!command.caller().isBanker()) {
      return new Outcome.BankersOnly();
    }
    if (command.caller().username().equals(command.username())) {
      return new Outcome.OwnRole();
    }
    List<UUID> ended = new ArrayList<>();
    Outcome outcome = transactions.inTransaction(() -> changeUnderLocks(command, ended));
    endedSessions.learn(ended);
    return outcome;
  }

  /** Of two bankers who take each other's role at the same moment one must remain. */
  private Outcome changeUnderLocks(Command command, List<UUID> ended) {
    Username caller = command.caller().username();
    boolean callerFirst = caller.value().compareTo(command.username().value()) < 0;
    Optional<User> banker = callerFirst ? users.lock(caller) : Optional.empty();
    Optional<User> user = users.lock(command.username());
    if (!callerFirst) {
      banker = users.lock(caller);
    }
    if (banker.filter(found -> found.role() == Role.BANKER).isEmpty()) {
      return new Outcome.BankersOnly();
    }
    return user.<Outcome>map(found -> new Outcome.Changed(changed(found, command, ended)))
        .orElseGet(Outcome.NoSuchUser::new);
  }

  private User changed(User user, Command command, List<UUID> ended) {
    Role role = command.role();
    if (user.role() == role) {
      return user;
    }
    Instant now = clock.instant();
    User changed = user.as(role);
    if (!users.update(changed)) {
      throw new IllegalStateException("the address of a user is somebody else's");
    }
    ended.addAll(sessions.endAll(user.username(), null, now));
    audit.record(
        AuditEvent.by(
            command.caller(),
            Action.ROLE_CHANGED,
            user.username().value(),
            user.role().code() + " -> " + role.code(),
            now));
    return changed;
  }
}
