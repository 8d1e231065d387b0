package io.simplebank.application.session;

import static io.simplebank.application.world.SignInWorld.ADDRESS;

import io.simplebank.application.world.SignInWorld;
import io.simplebank.domain.port.in.LogIn;
import io.simplebank.domain.port.in.RenewAccess;
import io.simplebank.domain.session.RenewalProperty;
import io.simplebank.domain.session.Session;
import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.Secret;
import io.simplebank.domain.user.Username;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class SessionRenewalPropertyTest {
  /** The service over stores in memory. */
  private static final class ServedSessions implements RenewalProperty.Subject {
    private final SignInWorld world = new SignInWorld();
    private final SessionService service =
        new SessionService(
            world.stores.transactions(),
            world.stores.users(),
            world.stores.sessions(),
            world.stores.audit(),
            world.passwords,
            world.endedSessions,
            world.clock,
            new SplittableRandom(2),
            RenewalProperty.LIFETIME);
    private final List<UUID> sessions = new ArrayList<>();

    ServedSessions() {
      world.registered("ada");
    }

    @Override
    public Secret logIn() {
      LogIn.Outcome outcome =
          service.logIn(
              new LogIn.Command(
                  new Username("ada"), SignInWorld.passwordOf("ada"), "test agent", ADDRESS));
      if (!(outcome instanceof LogIn.Outcome.LoggedIn loggedIn)) {
        throw new AssertionError("not logged in: " + outcome);
      }
      sessions.add(loggedIn.session().id());
      return loggedIn.refreshToken();
    }

    @Override
    public Optional<Secret> renew(Secret token) {
      return switch (service.renew(new RenewAccess.Command(token, ADDRESS))) {
        case RenewAccess.Outcome.Renewed renewed -> Optional.of(renewed.refreshToken());
        case RenewAccess.Outcome.Refused() -> Optional.empty();
      };
    }

    @Override
    public void end(int session) {
      boolean live = isLive(session);
      Caller ada = new Caller(new Username("ada"), Role.DEPOSITOR);
      if (service.end(ada, sessions.get(session)) != live) {
        throw new AssertionError("only a live session can be ended, and it can");
      }
    }

    @Override
    public void advance(Duration by) {
      world.clock.advance(by);
    }

    @Override
    public boolean isLive(int session) {
      return world
          .stores
          .sessions()
          .find(sessions.get(session))
          .filter((Session found) -> found.isLive(world.clock.instant()))
          .isPresent();
    }
  }

  @Test
  void keeps_a_token_good_until_a_later_one_is_used_and_ends_the_session_afterwards() {
    RenewalProperty.of(ServedSessions::new).holdsFor(100, 60);
  }
}
