package io.simplebank.domain.port.in;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.domain.session.Session;
import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.EmailAddress;
import io.simplebank.domain.user.Password;
import io.simplebank.domain.user.PasswordHash;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.Secret;
import io.simplebank.domain.user.User;
import io.simplebank.domain.user.Username;
import io.simplebank.domain.user.VerificationId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever logs what goes through a port tells no secret that is in it. */
final class SecretsInPortsTest {
  private static final String SECRET = "only for those who know";
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Username ADA = new Username("ada");
  private static final EmailAddress EMAIL = new EmailAddress("ada@example.com");
  private static final User USER =
      User.registered(ADA, Role.DEPOSITOR, "Ada", EMAIL, new PasswordHash(SECRET), NOW);
  private static final Session SESSION =
      Session.begun(new UUID(1, 2), ADA, "agent", "192.0.2.1", NOW, NOW.plus(Duration.ofDays(1)));

  @ParameterizedTest
  @MethodSource("all_that_hold_one")
  void prints_no_secret(Record message) {
    assertThat(message.toString()).contains("[").doesNotContain(SECRET);
  }

  @Test
  void says_of_some_refusals_no_more_than_that_they_are_refusals() {
    for (Record refusal :
        List.of(
            new LogIn.Outcome.BadCredentials(),
            new RenewAccess.Outcome.Refused(),
            new VerifyEmail.Outcome.Refused(),
            new ChangeRole.Outcome.NoSuchUser(),
            new UpdateUser.Outcome.WrongPassword())) {
      assertThat(refusal.getClass().getRecordComponents())
          .as("%s has room for a reason", refusal)
          .isEmpty();
    }
  }

  static Stream<Record> all_that_hold_one() {
    Password password = new Password(SECRET);
    Secret secret = new Secret(SECRET);
    return Stream.of(
        new RegisterUser.Command(ADA, password, "Ada", EMAIL, "192.0.2.1"),
        new RegisterUser.Outcome.Registered(USER),
        new LogIn.Command(ADA, password, "agent", "192.0.2.1"),
        new LogIn.Outcome.LoggedIn(USER, SESSION, secret),
        new RenewAccess.Command(secret, "192.0.2.1"),
        new RenewAccess.Outcome.Renewed(USER, SESSION, secret),
        new UpdateUser.Command(
            new Caller(ADA, Role.DEPOSITOR),
            null,
            null,
            new UpdateUser.PasswordChange(password, password)),
        new UpdateUser.Outcome.Updated(USER),
        new VerifyEmail.Command(new VerificationId(1), secret, "192.0.2.1"),
        new VerifyEmail.Outcome.Verified(USER),
        new ChangeRole.Outcome.Changed(USER));
  }
}
