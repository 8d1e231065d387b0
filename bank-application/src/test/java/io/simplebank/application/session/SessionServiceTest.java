package io.simplebank.application.session;

import static io.simplebank.application.world.SignInWorld.ADDRESS;
import static io.simplebank.application.world.SignInWorld.SESSION_LIFETIME;
import static io.simplebank.application.world.SignInWorld.caller;
import static io.simplebank.application.world.SignInWorld.passwordOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.application.world.SignInWorld;
import io.simplebank.domain.audit.AuditEvent;
import io.simplebank.domain.audit.AuditEvent.Action;
import io.simplebank.domain.port.in.ChangeRole;
import io.simplebank.domain.port.in.LogIn;
import io.simplebank.domain.port.in.LogIn.Outcome.LoggedIn;
import io.simplebank.domain.port.in.RenewAccess;
import io.simplebank.domain.port.in.RenewAccess.Outcome.Refused;
import io.simplebank.domain.port.in.RenewAccess.Outcome.Renewed;
import io.simplebank.domain.port.in.UpdateUser;
import io.simplebank.domain.port.out.PasswordHasher;
import io.simplebank.domain.session.Session;
import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.Password;
import io.simplebank.domain.user.PasswordHash;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.Secret;
import io.simplebank.domain.user.User;
import io.simplebank.domain.user.Username;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SessionServiceTest {
  private final SignInWorld world = new SignInWorld();

  @BeforeEach
  void registerAda() {
    world.registered("ada");
  }

  @Test
  void begins_a_session_for_the_right_password() {
    world.clock.advance(Duration.ofHours(1));

    LoggedIn loggedIn = world.loggedIn("ada");

    Session session = loggedIn.session();
    assertThat(loggedIn.user()).isEqualTo(world.user("ada"));
    assertThat(session.username()).isEqualTo(new Username("ada"));
    assertThat(session.userAgent()).isEqualTo("test agent");
    assertThat(session.clientAddress()).isEqualTo(ADDRESS);
    assertThat(session.createdAt()).isEqualTo(world.clock.instant());
    assertThat(session.expiresAt()).isEqualTo(world.clock.instant().plus(SESSION_LIFETIME));
    assertThat(world.stores.sessions().find(session.id())).contains(session);
  }

  @Test
  void keeps_the_hash_of_the_refresh_token_that_it_tells() {
    LoggedIn loggedIn = world.loggedIn("ada");

    assertThat(world.stores.sessions().find(loggedIn.refreshToken().hash()))
        .hasValueSatisfying(
            token -> {
              assertThat(token.session()).isEqualTo(loggedIn.session().id());
              assertThat(token.generation()).isZero();
            });
  }

  @Test
  void begins_another_session_at_each_login() {
    LoggedIn first = world.loggedIn("ada");
    LoggedIn second = world.loggedIn("ada");

    assertThat(second.session().id()).isNotEqualTo(first.session().id());
    assertThat(second.refreshToken()).isNotEqualTo(first.refreshToken());
    assertThat(world.stores.sessions().find(first.session().id())).isPresent();
  }

  @Test
  void gives_one_answer_to_a_wrong_password_and_an_unknown_user() {
    assertThat(world.logIn("ada", "correct hors")).isEqualTo(new LogIn.Outcome.BadCredentials());
    assertThat(world.logIn("bob", "correct horse")).isEqualTo(new LogIn.Outcome.BadCredentials());
  }

  @Test
  void writes_down_who_logs_in_and_who_fails_to() {
    world.logIn("ada", "correct hors");
    LoggedIn loggedIn = world.loggedIn("ada");

    assertThat(world.stores.audited("ada"))
        .extracting(AuditEvent::action)
        .containsExactly(Action.REGISTERED, Action.PASSWORD_WRONG, Action.LOGGED_IN);
    assertThat(world.stores.audited("ada").getLast())
        .isEqualTo(
            new AuditEvent(
                world.clock.instant(),
                new Username("ada"),
                Action.LOGGED_IN,
                "ada",
                "",
                ADDRESS,
                loggedIn.session().id()));
  }

  @Test
  void gives_a_new_refresh_token_for_an_old_one() {
    LoggedIn loggedIn = world.loggedIn("ada");
    world.clock.advance(Duration.ofMinutes(10));

    Renewed renewed = renewed(loggedIn.refreshToken());

    assertThat(renewed.user()).isEqualTo(world.user("ada"));
    assertThat(renewed.session().id()).isEqualTo(loggedIn.session().id());
    assertThat(renewed.session().expiresAt())
        .as("renewing access does not prolong the session")
        .isEqualTo(loggedIn.session().expiresAt());
    assertThat(renewed.refreshToken()).isNotEqualTo(loggedIn.refreshToken());
  }

  @Test
  void takes_a_refresh_token_again_until_its_successor_was_used() {
    LoggedIn loggedIn = world.loggedIn("ada");
    renewed(loggedIn.refreshToken());
    Secret arrived = renewed(loggedIn.refreshToken()).refreshToken();

    Secret next = renewed(arrived).refreshToken();

    assertThat(renew(next)).isInstanceOf(Renewed.class);
  }

  @Test
  void ends_the_session_when_two_go_on_from_one_refresh_token() {
    LoggedIn loggedIn = world.loggedIn("ada");
    Secret owners = renewed(loggedIn.refreshToken()).refreshToken();
    Secret thiefs = renewed(loggedIn.refreshToken()).refreshToken();
    Secret next = renewed(owners).refreshToken();

    assertThat(renew(thiefs)).isEqualTo(new Refused());

    assertThat(renew(next)).isEqualTo(new Refused());
    assertThat(world.endedSessions.goesOn(loggedIn.session().id())).isFalse();
  }

  @Test
  void serves_a_client_that_never_changes_its_refresh_token() {
    LoggedIn loggedIn = world.loggedIn("ada");

    for (int i = 0; i < 50; i++) {
      renewed(loggedIn.refreshToken());
    }
  }

  @Test
  void ends_the_session_when_a_dead_refresh_token_is_used() {
    LoggedIn loggedIn = world.loggedIn("ada");
    Secret second = renewed(loggedIn.refreshToken()).refreshToken();
    Secret third = renewed(second).refreshToken();

    assertThat(renew(loggedIn.refreshToken())).isEqualTo(new Refused());

    assertThat(renew(third)).as("the rightful one, too").isEqualTo(new Refused());
    assertThat(world.stores.audited(loggedIn.session().id().toString()))
        .extracting(AuditEvent::action)
        .containsExactly(Action.REFRESH_TOKEN_REUSED);
    world.endedSessions.refresh();
    assertThat(world.endedSessions.goesOn(loggedIn.session().id())).isFalse();
  }

  @Test
  void refuses_a_refresh_token_that_it_has_not_told() {
    assertThat(renew(new Secret("made up"))).isEqualTo(new Refused());
  }

  @Test
  void refuses_a_refresh_token_of_an_expired_session() {
    LoggedIn loggedIn = world.loggedIn("ada");
    world.clock.advance(SESSION_LIFETIME);

    assertThat(renew(loggedIn.refreshToken())).isEqualTo(new Refused());
  }

  @Test
  void tells_the_role_that_the_user_has_now() {
    LoggedIn loggedIn = world.loggedIn("ada");
    User renamed = world.user("ada").renamed("Countess of Lovelace");
    world.stores.transactions().inTransaction(() -> world.stores.users().update(renamed));

    assertThat(renewed(loggedIn.refreshToken()).user()).isEqualTo(renamed);
  }

  @Test
  void lists_the_live_sessions_of_the_caller_newest_first() {
    world.registered("bob");
    world.loggedIn("bob");
    LoggedIn first = world.loggedIn("ada");
    world.clock.advance(Duration.ofMinutes(1));
    LoggedIn second = world.loggedIn("ada");
    world.clock.advance(Duration.ofMinutes(1));
    LoggedIn ended = world.loggedIn("ada");
    world.sessions.end(caller(first), ended.session().id());

    assertThat(world.sessions.list(caller(first)))
        .containsExactly(second.session(), first.session());
  }

  @Test
  void ends_a_session_of_the_callers_own() {
    LoggedIn here = world.loggedIn("ada");
    LoggedIn there = world.loggedIn("ada");

    assertThat(world.sessions.end(caller(here), there.session().id())).isTrue();

    assertThat(renew(there.refreshToken())).isEqualTo(new Refused());
    assertThat(world.endedSessions.goesOn(there.session().id())).isFalse();
    assertThat(world.endedSessions.goesOn(here.session().id())).isTrue();
    assertThat(renew(here.refreshToken())).isInstanceOf(Renewed.class);
    assertThat(world.stores.audited(there.session().id().toString()))
        .containsExactly(
            AuditEvent.by(
                caller(here),
                Action.LOGGED_OUT,
                there.session().id().toString(),
                "",
                world.clock.instant()));
  }

  @Test
  void ends_no_session_that_is_not_the_callers_or_is_over() {
    world.registered("bob");
    LoggedIn ada = world.loggedIn("ada");
    LoggedIn bob = world.loggedIn("bob");

    assertThat(world.sessions.end(caller(bob), ada.session().id())).isFalse();
    assertThat(world.sessions.end(caller(bob), new UUID(1, 1))).isFalse();
    assertThat(world.sessions.end(caller(bob), bob.session().id())).isTrue();
    assertThat(world.sessions.end(caller(bob), bob.session().id())).isFalse();
    assertThat(world.endedSessions.goesOn(ada.session().id())).isTrue();
  }

  @Test
  void begins_no_session_for_a_password_that_is_changed_while_it_is_compared() {
    LoggedIn owner = world.loggedIn("ada");
    Password newPassword = new Password("a better password");

    LogIn.Outcome outcome =
        logInWhile(
            () ->
                assertThat(
                        world.profile.update(
                            new UpdateUser.Command(
                                caller(owner),
                                null,
                                null,
                                new UpdateUser.PasswordChange(passwordOf("ada"), newPassword))))
                    .isInstanceOf(UpdateUser.Outcome.Updated.class));

    assertThat(outcome).isEqualTo(new LogIn.Outcome.BadCredentials());
    assertThat(world.sessions.list(caller(owner))).containsExactly(owner.session());
  }

  @Test
  void lets_a_user_in_with_the_role_that_they_have_when_the_session_begins() {
    Caller boss = world.banker("boss").asCaller();

    LogIn.Outcome outcome =
        logInWhile(
            () ->
                assertThat(
                        world.staff.change(
                            new ChangeRole.Command(boss, new Username("ada"), Role.BANKER)))
                    .isInstanceOf(ChangeRole.Outcome.Changed.class));

    assertThat(outcome).isInstanceOf(LoggedIn.class);
    assertThat(((LoggedIn) outcome).user().role()).isEqualTo(Role.BANKER);
  }

  /** Ada logs in with the right password, and meanwhile something happens, once. */
  private LogIn.Outcome logInWhile(Runnable meanwhile) {
    PasswordHasher interrupted =
        new PasswordHasher() {
          @Override
          public PasswordHash hash(Password password) {
            return world.hasher.hash(password);
          }

          @Override
          public boolean matches(Password password, PasswordHash hash) {
            boolean matches = world.hasher.matches(password, hash);
            meanwhile.run();
            return matches;
          }
        };
    PasswordCheck passwords =
        new PasswordCheck(
            world.stores.transactions(),
            world.stores.users(),
            world.stores.attempts(),
            world.stores.audit(),
            interrupted,
            world.clock,
            new SplittableRandom(4));
    SessionService service =
        new SessionService(
            world.stores.transactions(),
            world.stores.users(),
            world.stores.sessions(),
            world.stores.audit(),
            passwords,
            world.endedSessions,
            world.clock,
            new SplittableRandom(5),
            SESSION_LIFETIME);
    return service.logIn(
        new LogIn.Command(new Username("ada"), passwordOf("ada"), "test agent", ADDRESS));
  }

  private RenewAccess.Outcome renew(Secret refreshToken) {
    return world.sessions.renew(new RenewAccess.Command(refreshToken, ADDRESS));
  }

  private Renewed renewed(Secret refreshToken) {
    RenewAccess.Outcome outcome = renew(refreshToken);
    assertThat(outcome).isInstanceOf(Renewed.class);
    return (Renewed) outcome;
  }
}
