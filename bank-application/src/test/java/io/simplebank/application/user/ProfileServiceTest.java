package io.simplebank.application.user;

import static io.simplebank.application.world.SignInWorld.caller;
import static io.simplebank.application.world.SignInWorld.passwordOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.simplebank.application.world.SignInWorld;
import io.simplebank.domain.audit.AuditEvent;
import io.simplebank.domain.audit.AuditEvent.Action;
import io.simplebank.domain.port.in.LogIn;
import io.simplebank.domain.port.in.LogIn.Outcome.LoggedIn;
import io.simplebank.domain.port.in.UpdateUser.Command;
import io.simplebank.domain.port.in.UpdateUser.Outcome;
import io.simplebank.domain.port.in.UpdateUser.PasswordChange;
import io.simplebank.domain.port.out.PasswordHasher;
import io.simplebank.domain.session.Attempts;
import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.EmailAddress;
import io.simplebank.domain.user.Password;
import io.simplebank.domain.user.PasswordHash;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.User;
import io.simplebank.domain.user.Username;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ProfileServiceTest {
  private static final Password NEW_PASSWORD = new Password("a better password");
  private static final EmailAddress NEW_EMAIL = new EmailAddress("ada@example.org");

  private final SignInWorld world = new SignInWorld();

  @BeforeEach
  void registerAda() {
    world.registered("ada");
  }

  @Test
  void shows_the_caller_as_they_are_now() {
    Caller ada = caller(world.loggedIn("ada"));
    update(ada, "Countess of Lovelace", null, null);

    assertThat(world.profile.view(ada)).isEqualTo(world.user("ada"));
    assertThat(world.profile.view(ada).fullName()).isEqualTo("Countess of Lovelace");
  }

  @Test
  void says_so_when_the_caller_is_nobody() {
    assertThatIllegalStateException()
        .isThrownBy(() -> world.profile.view(new Caller(new Username("nobody"), Role.DEPOSITOR)));
  }

  @Test
  void changes_nothing_when_nothing_is_asked_for() {
    User before = world.user("ada");
    int mails = world.stores.queuedMails().size();

    assertThat(update(caller(world.loggedIn("ada")), null, null, null))
        .isEqualTo(new Outcome.Updated(before));

    assertThat(world.user("ada")).isEqualTo(before);
    assertThat(world.stores.queuedMails()).hasSize(mails);
  }

  @Test
  void has_a_new_address_verified_and_the_same_one_not() {
    verifyAda();
    Caller ada = caller(world.loggedIn("ada"));
    int mails = world.stores.queuedMails().size();

    update(ada, null, world.user("ada").email(), null);
    assertThat(world.user("ada").emailVerified()).isTrue();
    assertThat(world.stores.queuedMails()).hasSize(mails);

    update(ada, null, NEW_EMAIL, null);
    assertThat(world.user("ada").email()).isEqualTo(NEW_EMAIL);
    assertThat(world.user("ada").emailVerified()).isFalse();
    assertThat(world.stores.queuedMails()).hasSize(mails + 1);
    assertThat(world.stores.audited("ada").getLast())
        .isEqualTo(
            AuditEvent.by(
                ada,
                Action.EMAIL_CHANGED,
                "ada",
                "ada@example.com -> ada@example.org",
                world.clock.instant()));
  }

  @Test
  void changes_nothing_at_all_when_the_address_is_taken() {
    world.registered("bob");
    LoggedIn elsewhere = world.loggedIn("ada");
    LoggedIn here = world.loggedIn("ada");
    User before = world.user("ada");
    int mails = world.stores.queuedMails().size();

    Outcome outcome =
        update(
            caller(here),
            "Countess",
            new EmailAddress("BOB@example.com"),
            new PasswordChange(passwordOf("ada"), NEW_PASSWORD));

    assertThat(outcome).isEqualTo(new Outcome.EmailTaken());
    assertThat(world.user("ada")).isEqualTo(before);
    assertThat(world.stores.queuedMails()).hasSize(mails);
    assertThat(world.sessions.list(caller(here))).contains(elsewhere.session());
  }

  @Test
  void ends_all_other_sessions_with_a_new_password() {
    world.registered("bob");
    LoggedIn bob = world.loggedIn("bob");
    LoggedIn elsewhere = world.loggedIn("ada");
    LoggedIn here = world.loggedIn("ada");
    world.clock.advance(Duration.ofMinutes(1));

    Outcome outcome = changePassword(caller(here), passwordOf("ada"));

    User after = world.user("ada");
    assertThat(outcome).isEqualTo(new Outcome.Updated(after));
    assertThat(after.passwordChangedAt()).isEqualTo(world.clock.instant());
    assertThat(world.sessions.list(caller(here))).containsExactly(here.session());
    assertThat(world.endedSessions.goesOn(elsewhere.session().id())).isFalse();
    assertThat(world.endedSessions.goesOn(here.session().id())).isTrue();
    assertThat(world.endedSessions.goesOn(bob.session().id())).isTrue();
    assertThat(world.logIn("ada", NEW_PASSWORD.value())).isInstanceOf(LoggedIn.class);
    assertThat(world.logIn("ada", passwordOf("ada").value()))
        .isEqualTo(new LogIn.Outcome.BadCredentials());
    assertThat(world.stores.audited("ada"))
        .contains(
            AuditEvent.by(caller(here), Action.PASSWORD_CHANGED, "ada", "", world.clock.instant()));
  }

  @Test
  void changes_no_password_without_the_one_so_far() {
    LoggedIn elsewhere = world.loggedIn("ada");
    LoggedIn here = world.loggedIn("ada");
    User before = world.user("ada");

    Outcome outcome = changePassword(caller(here), new Password("wrong password"));

    assertThat(outcome).isEqualTo(new Outcome.WrongPassword());
    assertThat(world.user("ada")).isEqualTo(before);
    assertThat(world.endedSessions.goesOn(elsewhere.session().id())).isTrue();
  }

  @Test
  void is_no_door_at_which_passwords_can_be_guessed_uncounted() {
    Caller thief = caller(world.loggedIn("ada"));
    int hashings = world.hasher.hashings();
    for (int i = 0; i < Attempts.FREE_PER_ACCOUNT; i++) {
      assertThat(changePassword(thief, new Password("wrong password")))
          .isEqualTo(new Outcome.WrongPassword());
    }

    assertThat(changePassword(thief, passwordOf("ada")))
        .isEqualTo(new Outcome.TooManyAttempts(world.clock.instant().plus(Attempts.FIRST_DELAY)));
    assertThat(world.hasher.hashings()).as("a new password is hashed last").isEqualTo(hashings);
  }

  @Test
  void lets_one_of_two_simultaneous_password_changes_win() {
    Caller ada = caller(world.loggedIn("ada"));
    PasswordHasher overtaken =
        new PasswordHasher() {
          @Override
          public PasswordHash hash(Password password) {
            assertThat(changePassword(ada, passwordOf("ada"))).isInstanceOf(Outcome.Updated.class);
            return world.hasher.hash(password);
          }

          @Override
          public boolean matches(Password password, PasswordHash hash) {
            return world.hasher.matches(password, hash);
          }
        };
    ProfileService late =
        new ProfileService(
            world.stores.transactions(),
            world.stores.users(),
            world.stores.sessions(),
            world.verification,
            world.stores.audit(),
            world.passwords,
            overtaken,
            world.endedSessions,
            world.clock);

    Outcome outcome =
        late.update(
            new Command(
                ada,
                null,
                null,
                new PasswordChange(passwordOf("ada"), new Password("the late password"))));

    assertThat(outcome).isEqualTo(new Outcome.WrongPassword());
    assertThat(world.logIn("ada", NEW_PASSWORD.value())).isInstanceOf(LoggedIn.class);
  }

  private void verifyAda() {
    world
        .stores
        .transactions()
        .inTransaction(() -> world.stores.users().update(world.user("ada").verified()));
  }

  private Outcome changePassword(Caller caller, Password current) {
    return update(caller, null, null, new PasswordChange(current, NEW_PASSWORD));
  }

  private Outcome update(
      Caller caller,
      @Nullable String fullName,
      @Nullable EmailAddress email,
      @Nullable PasswordChange password) {
    return world.profile.update(new Command(caller, fullName, email, password));
  }
}
