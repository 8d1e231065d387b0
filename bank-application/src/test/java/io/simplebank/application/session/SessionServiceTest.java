package io.simplebank.application.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.application.user.RegistrationService;
import io.simplebank.application.world.SettableClock;
import io.simplebank.domain.port.in.LogIn;
import io.simplebank.domain.port.in.LogIn.Outcome;
import io.simplebank.domain.port.in.LogIn.Outcome.LoggedIn;
import io.simplebank.domain.port.in.RegisterUser;
import io.simplebank.domain.port.out.CountingPasswordHasher;
import io.simplebank.domain.port.out.InMemoryStores;
import io.simplebank.domain.session.Session;
import io.simplebank.domain.user.EmailAddress;
import io.simplebank.domain.user.Password;
import io.simplebank.domain.user.Username;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SessionServiceTest {
  private static final Duration LIFETIME = Duration.ofDays(7);

  private final InMemoryStores stores = new InMemoryStores();
  private final CountingPasswordHasher hasher = new CountingPasswordHasher();
  private final SettableClock clock = new SettableClock();
  private final SessionService service =
      new SessionService(
          stores.users(), stores.sessions(), hasher, clock, new SplittableRandom(42), LIFETIME);

  @BeforeEach
  void registerAda() {
    RegisterUser.Outcome outcome =
        new RegistrationService(stores.users(), hasher, clock)
            .register(
                new RegisterUser.Command(
                    new Username("ada"),
                    new Password("correct horse"),
                    "Ada",
                    new EmailAddress("ada@example.com")));
    assertThat(outcome).isInstanceOf(RegisterUser.Outcome.Registered.class);
  }

  @Test
  void begins_a_session_for_the_right_password() {
    clock.advance(Duration.ofHours(1));

    LoggedIn loggedIn = loggedIn(logIn("ada", "correct horse"));

    Session session = loggedIn.session();
    assertThat(loggedIn.user()).isEqualTo(stores.users().find(new Username("ada")).orElseThrow());
    assertThat(session.username()).isEqualTo(new Username("ada"));
    assertThat(session.userAgent()).isEqualTo("test agent");
    assertThat(session.clientAddress()).isEqualTo("192.0.2.1");
    assertThat(session.createdAt()).isEqualTo(clock.instant());
    assertThat(session.expiresAt()).isEqualTo(clock.instant().plus(LIFETIME));
    assertThat(stores.sessions().find(session.id())).contains(session);
  }

  @Test
  void keeps_the_hash_of_the_refresh_token_that_it_tells() {
    LoggedIn loggedIn = loggedIn(logIn("ada", "correct horse"));

    assertThat(loggedIn.session().refreshTokenHash()).isEqualTo(loggedIn.refreshToken().hash());
  }

  @Test
  void begins_another_session_at_each_login() {
    LoggedIn first = loggedIn(logIn("ada", "correct horse"));
    LoggedIn second = loggedIn(logIn("ada", "correct horse"));

    assertThat(second.session().id()).isNotEqualTo(first.session().id());
    assertThat(second.refreshToken()).isNotEqualTo(first.refreshToken());
    assertThat(stores.sessions().find(first.session().id())).isPresent();
  }

  @Test
  void gives_one_answer_to_a_wrong_password_and_an_unknown_user() {
    assertThat(logIn("ada", "correct hors")).isEqualTo(new Outcome.BadCredentials());
    assertThat(logIn("bob", "correct horse")).isEqualTo(new Outcome.BadCredentials());
  }

  @Test
  void compares_one_password_whether_the_user_is_known_or_not() {
    int before = hasher.comparisons();
    logIn("ada", "correct horse");
    assertThat(hasher.comparisons()).isEqualTo(before + 1);

    logIn("ada", "wrong password");
    assertThat(hasher.comparisons()).isEqualTo(before + 2);

    logIn("bob", "correct horse");
    assertThat(hasher.comparisons()).isEqualTo(before + 3);
  }

  @Test
  void hashes_nothing_at_a_login() {
    int before = hasher.hashings();

    logIn("ada", "correct horse");
    logIn("bob", "correct horse");

    assertThat(hasher.hashings()).isEqualTo(before);
  }

  private Outcome logIn(String username, String password) {
    return service.logIn(
        new LogIn.Command(
            new Username(username), new Password(password), "test agent", "192.0.2.1"));
  }

  private static LoggedIn loggedIn(Outcome outcome) {
    assertThat(outcome).isInstanceOf(LoggedIn.class);
    return (LoggedIn) outcome;
  }
}
