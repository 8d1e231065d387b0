package io.simplebank.application.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.application.session.EndedSessions;
import io.simplebank.application.session.PasswordCheck;
import io.simplebank.application.session.SessionService;
import io.simplebank.application.user.ProfileService;
import io.simplebank.application.user.RegistrationService;
import io.simplebank.application.user.StaffService;
import io.simplebank.application.user.VerificationService;
import io.simplebank.domain.port.in.LogIn;
import io.simplebank.domain.port.in.RegisterUser;
import io.simplebank.domain.port.out.CountingPasswordHasher;
import io.simplebank.domain.port.out.InMemoryStores;
import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.EmailAddress;
import io.simplebank.domain.user.Mail;
import io.simplebank.domain.user.Password;
import io.simplebank.domain.user.User;
import io.simplebank.domain.user.Username;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A bank in memory, with the services by which people get in. */
public final class SignInWorld {
  public static final Duration SESSION_LIFETIME = Duration.ofDays(7);
  public static final Duration TOKEN_LIFETIME = Duration.ofMinutes(15);
  public static final String ADDRESS = "192.0.2.1";

  public final InMemoryStores stores = new InMemoryStores();
  public final SettableClock clock = new SettableClock();
  public final CountingPasswordHasher hasher = new CountingPasswordHasher();

  /** The mails that the mail server has taken. */
  public final List<Mail> mails = new ArrayList<>();

  public final EndedSessions endedSessions =
      new EndedSessions(stores.sessions(), clock, TOKEN_LIFETIME);
  public final PasswordCheck passwords =
      new PasswordCheck(
          stores.transactions(),
          stores.users(),
          stores.attempts(),
          stores.audit(),
          hasher,
          clock,
          new SplittableRandom(1));
  public final SessionService sessions =
      new SessionService(
          stores.transactions(),
          stores.users(),
          stores.sessions(),
          stores.audit(),
          passwords,
          endedSessions,
          clock,
          new SplittableRandom(2),
          SESSION_LIFETIME);
  public final VerificationService verification =
      new VerificationService(
          stores.transactions(),
          stores.users(),
          stores.verifications(),
          stores.verificationMails(),
          stores.audit(),
          mails::add,
          clock,
          new SplittableRandom(3),
          URI.create("https://bank.example.com"));
  public final RegistrationService registration =
      new RegistrationService(
          stores.transactions(), stores.users(), verification, stores.audit(), hasher, clock);
  public final ProfileService profile =
      new ProfileService(
          stores.transactions(),
          stores.users(),
          stores.sessions(),
          verification,
          stores.audit(),
          passwords,
          hasher,
          endedSessions,
          clock);
  public final StaffService staff =
      new StaffService(
          stores.transactions(),
          stores.users(),
          stores.sessions(),
          stores.audit(),
          endedSessions,
          clock);

  /** The command with which somebody of that name registers. */
  public static RegisterUser.Command registration(String username, String email) {
    return new RegisterUser.Command(
        new Username(username),
        passwordOf(username),
        "Full Name of " + username,
        new EmailAddress(email),
        ADDRESS);
  }

  /** The password with which somebody of that name registers. */
  public static Password passwordOf(String username) {
    return new Password("password of " + username);
  }

  /** A new depositor. */
  public User registered(String username) {
    RegisterUser.Outcome outcome =
        registration.register(registration(username, username + "@example.com"));
    assertThat(outcome).isInstanceOf(RegisterUser.Outcome.Registered.class);
    return ((RegisterUser.Outcome.Registered) outcome).user();
  }

  /** A new banker. */
  public User banker(String username) {
    assertThat(registration.ensureBanker(registration(username, username + "@bank.example.com")))
        .isTrue();
    return user(username);
  }

  /** The user as they are now. */
  public User user(String username) {
    return stores.users().find(new Username(username)).orElseThrow();
  }

  /** What a login with that password comes to. */
  public LogIn.Outcome logIn(String username, String password) {
    return sessions.logIn(
        new LogIn.Command(new Username(username), new Password(password), "test agent", ADDRESS));
  }

  /** Logs a user in with the right password. */
  public LogIn.Outcome.LoggedIn loggedIn(String username) {
    LogIn.Outcome outcome = logIn(username, passwordOf(username).value());
    assertThat(outcome).isInstanceOf(LogIn.Outcome.LoggedIn.class);
    return (LogIn.Outcome.LoggedIn) outcome;
  }

  /** The caller whom a login lets in. */
  public static Caller caller(LogIn.Outcome.LoggedIn loggedIn) {
    return new Caller(
        loggedIn.user().username(), loggedIn.user().role(), loggedIn.session().id(), ADDRESS);
  }
}
