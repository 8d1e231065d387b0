package io.simplebank.application.session;

import io.simplebank.domain.audit.AuditEvent;
import io.simplebank.domain.audit.AuditEvent.Action;
import io.simplebank.domain.port.in.EndSession;
import io.simplebank.domain.port.in.ListSessions;
import io.simplebank.domain.port.in.LogIn;
import io.simplebank.domain.port.in.RenewAccess;
import io.simplebank.domain.port.out.AuditLog;
import io.simplebank.domain.port.out.SessionRepository;
import io.simplebank.domain.port.out.Transactions;
import io.simplebank.domain.port.out.UserRepository;
import io.simplebank.domain.session.RefreshToken;
import io.simplebank.domain.session.Renewal;
import io.simplebank.domain.session.Session;
import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.Secret;
import io.simplebank.domain.user.User;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Begins, renews and ends sessions. */
public final class SessionService implements LogIn, RenewAccess, ListSessions, EndSession {
  private final Transactions transactions;
  private final UserRepository users;
  private final SessionRepository sessions;
  private final AuditLog audit;
  private final PasswordCheck passwords;
  private final EndedSessions endedSessions;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Duration lifetime;

  /**
   * A service on those stores.
   *
   * @param random a source that nobody can predict: session names and secrets come from it
   * @param lifetime how long a session lasts
   */
  public SessionService(
      Transactions transactions,
      UserRepository users,
      SessionRepository sessions,
      AuditLog audit,
      PasswordCheck passwords,
      EndedSessions endedSessions,
      InstantSource clock,
      RandomGenerator random,
      Duration lifetime) {
    this.transactions = transactions;
    this.users = users;
    this.sessions = sessions;
    this.audit = audit;
    this.passwords = passwords;
    this.endedSessions = endedSessions;
    this.clock = clock;
    this.random = random;
    this.lifetime = lifetime;
  }

  @Override
  public LogIn.Outcome logIn(LogIn.Command command) {
    return switch (passwords.check(
        command.username(), command.password(), command.clientAddress())) {
      case PasswordCheck.Result.Right(var user) -> begin(user, command);
      case PasswordCheck.Result.Wrong() -> new LogIn.Outcome.BadCredentials();
      case PasswordCheck.Result.Blocked(var until) -> new LogIn.Outcome.TooManyAttempts(until);
    };
  }

  @Override
  public RenewAccess.Outcome renew(RenewAccess.Command command) {
    return transactions.inTransaction(
        () ->
            sessions
                .find(command.refreshToken().hash())
                .flatMap(token -> sessions.lock(token.session()))
                // Read again: its generation may have changed until the lock was had.
                .flatMap(
                    session ->
                        sessions
                            .find(command.refreshToken().hash())
                            .map(token -> renew(session, token, command)))
                .orElseGet(RenewAccess.Outcome.Refused::new));
  }

  @Override
  public List<Session> list(Caller caller) {
    return sessions.listLive(caller.username(), clock.instant());
  }

  @Override
  public boolean end(Caller caller, UUID id) {
    boolean ended =
        transactions.inTransaction(
            () -> {
              Optional<Session> own =
                  sessions.lock(id).filter(session -> session.username().equals(caller.username()));
              Instant now = clock.instant();
              Optional<Session> live = own.filter(session -> session.isLive(now));
              live.ifPresent(
                  session -> {
                    sessions.update(session.ended(now));
                    audit.record(AuditEvent.by(caller, Action.LOGGED_OUT, id.toString(), "", now));
                  });
              return live.isPresent();
            });
    if (ended) {
      endedSessions.learn(List.of(id));
    }
    return ended;
  }

  private RenewAccess.Outcome renew(
      Session locked, RefreshToken token, RenewAccess.Command command) {
    Instant now = clock.instant();
    return switch (locked.renewedWith(token.generation(), now)) {
      case Renewal.Renewed(var session, var nextGeneration) -> {
        Secret next = Secret.generate(random);
        sessions.update(session);
        if (token.generation() > locked.generation()) {
          sessions.retireSiblings(token);
        }
        sessions.insert(new RefreshToken(next.hash(), session.id(), nextGeneration));
        yield new RenewAccess.Outcome.Renewed(user(session), session, next);
      }
      case Renewal.Reused(var session) -> {
        sessions.update(session);
        audit.record(
            new AuditEvent(
                now,
                session.username(),
                Action.REFRESH_TOKEN_REUSED,
                session.id().toString(),
                "",
                command.clientAddress(),
                session.id()));
        // Also where the commit fails: that a dead token was used is true all the same.
        endedSessions.learn(List.of(session.id()));
        yield new RenewAccess.Outcome.Refused();
      }
      case Renewal.Over() -> new RenewAccess.Outcome.Refused();
    };
  }

  /** As they are now: a role or an address may have changed since the login. */
  private User user(Session session) {
    return users
        .find(session.username())
        .orElseThrow(() -> new IllegalStateException("the user of a session is gone"));
  }

  /**
   * Under the user's lock, and as they are now: whoever changes a password or a role ends all
   * sessions, and one that begins at that moment on the strength of the old ones must not be left.
   */
  private LogIn.Outcome begin(User compared, LogIn.Command command) {
    return transactions.inTransaction(
        () ->
            users
                .lock(compared.username())
                .filter(user -> user.passwordHash().equals(compared.passwordHash()))
                .<LogIn.Outcome>map(user -> beginLocked(user, command))
                .orElseGet(LogIn.Outcome.BadCredentials::new));
  }

  private LogIn.Outcome.LoggedIn beginLocked(User user, LogIn.Command command) {
    Instant now = clock.instant();
    Session session =
        Session.begun(
            new UUID(random.nextLong(), random.nextLong()),
            user.username(),
            command.userAgent(),
            command.clientAddress(),
            now,
            now.plus(lifetime));
    Secret refreshToken = Secret.generate(random);
    sessions.insert(session);
    sessions.insert(new RefreshToken(refreshToken.hash(), session.id(), 0));
    audit.record(
        new AuditEvent(
            now,
            user.username(),
            Action.LOGGED_IN,
            user.username().value(),
            "",
            command.clientAddress(),
            session.id()));
    return new LogIn.Outcome.LoggedIn(user, session, refreshToken);
  }
}
