package io.simplebank.application.session;

import io.simplebank.domain.port.in.LogIn;
import io.simplebank.domain.port.out.PasswordHasher;
import io.simplebank.domain.port.out.SessionRepository;
import io.simplebank.domain.port.out.UserRepository;
import io.simplebank.domain.session.RefreshToken;
import io.simplebank.domain.session.Session;
import io.simplebank.domain.user.Password;
import io.simplebank.domain.user.PasswordHash;
import io.simplebank.domain.user.User;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Begins sessions. */
public final class SessionService implements LogIn {
  private final UserRepository users;
  private final SessionRepository sessions;
  private final PasswordHasher hasher;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Duration lifetime;
  private final PasswordHash nobodysHash;

  /**
   * A service on those stores.
   *
   * @param random a source that nobody can predict: session names and secrets come from it
   * @param lifetime how long a session lasts
   */
  public SessionService(
      UserRepository users,
      SessionRepository sessions,
      PasswordHasher hasher,
      InstantSource clock,
      RandomGenerator random,
      Duration lifetime) {
    this.users = users;
    this.sessions = sessions;
    this.hasher = hasher;
    this.clock = clock;
    this.random = random;
    this.lifetime = lifetime;
    this.nobodysHash = hasher.hash(new Password(RefreshToken.generate(random).value()));
  }

  @Override
  public Outcome logIn(Command command) {
    Optional<User> user = users.find(command.username());
    // An unknown user costs a comparison too, or the time taken would tell who has an account.
    PasswordHash hash = user.map(User::passwordHash).orElse(nobodysHash);
    boolean matches = hasher.matches(command.password(), hash);
    if (user.isEmpty() || !matches) {
      return new Outcome.BadCredentials();
    }
    RefreshToken refreshToken = RefreshToken.generate(random);
    Instant now = clock.instant();
    Session session =
        new Session(
            new UUID(random.nextLong(), random.nextLong()),
            command.username(),
            refreshToken.hash(),
            command.userAgent(),
            command.clientAddress(),
            now,
            now.plus(lifetime));
    sessions.insert(session);
    return new Outcome.LoggedIn(user.get(), session, refreshToken);
  }
}
