package io.simplebank.application.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.simplebank.application.world.SettableClock;
import io.simplebank.application.world.SignInWorld;
import io.simplebank.domain.audit.AuditEvent;
import io.simplebank.domain.audit.AuditEvent.Action;
import io.simplebank.domain.port.in.RegisterUser;
import io.simplebank.domain.port.in.RegisterUser.Outcome;
import io.simplebank.domain.port.out.CountingPasswordHasher;
import io.simplebank.domain.port.out.UserRepository;
import io.simplebank.domain.user.EmailAddress;
import io.simplebank.domain.user.EmailVerification;
import io.simplebank.domain.user.Password;
import io.simplebank.domain.user.PasswordHash;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.User;
import io.simplebank.domain.user.Username;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RegistrationServiceTest {
  private final SignInWorld world = new SignInWorld();
  private final UserRepository users = world.stores.users();
  private final CountingPasswordHasher hasher = world.hasher;
  private final SettableClock clock = world.clock;
  private final RegistrationService service = world.registration;

  @Test
  void registers_a_depositor() {
    Outcome outcome = service.register(command("ada", "ada@example.com"));

    User user = find("ada");
    assertThat(outcome).isEqualTo(new Outcome.Registered(user));
    assertThat(user.role()).isEqualTo(Role.DEPOSITOR);
    assertThat(user.fullName()).isEqualTo("Full Name of ada");
    assertThat(user.email()).isEqualTo(new EmailAddress("ada@example.com"));
    assertThat(user.emailVerified()).isFalse();
    assertThat(user.createdAt()).isEqualTo(clock.instant());
    assertThat(user.passwordChangedAt()).isEqualTo(clock.instant());
  }

  @Test
  void keeps_a_hash_of_the_password_only() {
    service.register(command("ada", "ada@example.com"));

    User user = find("ada");
    assertThat(hasher.matches(new Password("password of ada"), user.passwordHash())).isTrue();
    assertThat(hasher.matches(new Password("password of bob"), user.passwordHash())).isFalse();
    assertThat(user.passwordHash().value()).doesNotContain("password");
  }

  @Test
  void declines_a_taken_username() {
    service.register(command("ada", "ada@example.com"));
    User first = find("ada");

    Outcome outcome = service.register(command("ADA", "other@example.com"));

    assertThat(outcome).isEqualTo(new Outcome.UsernameTaken());
    assertThat(find("ada")).isEqualTo(first);
  }

  @Test
  void declines_a_taken_email() {
    service.register(command("ada", "ada@example.com"));

    Outcome outcome = service.register(command("bob", "Ada@Example.com"));

    assertThat(outcome).isEqualTo(new Outcome.EmailTaken());
    assertThat(users.find(new Username("bob"))).isEmpty();
  }

  @Test
  void queues_a_verification_mail_and_writes_down_who_registered() {
    User user = world.registered("ada");

    EmailVerification verification =
        world.stores.verifications().findLatest(user.username()).orElseThrow();
    assertThat(verification)
        .isEqualTo(
            EmailVerification.requested(
                verification.id(), user.username(), user.email(), user.createdAt()));
    assertThat(world.stores.queuedMails()).containsExactly(verification.id());
    assertThat(world.stores.audited("ada"))
        .containsExactly(
            AuditEvent.by(
                user.username(), Action.REGISTERED, "ada", SignInWorld.ADDRESS, clock.instant()));
    assertThat(world.mails).as("nothing is sent before the commit").isEmpty();
  }

  @Test
  void queues_and_writes_down_nothing_for_who_is_declined() {
    world.registered("ada");

    service.register(command("ada", "other@example.com"));
    service.register(command("bob", "ada@example.com"));

    assertThat(world.stores.queuedMails()).hasSize(1);
    assertThat(world.stores.audited("ada")).hasSize(1);
    assertThat(world.stores.audited("bob")).isEmpty();
  }

  @Test
  void registers_nobody_and_queues_nothing_when_it_cannot_be_written_down() {
    RegistrationService cutOff = serviceWithoutAudit();

    assertThatIllegalStateException()
        .isThrownBy(() -> cutOff.register(command("ada", "ada@example.com")))
        .withMessage("the audit log is full");
    assertThatIllegalStateException()
        .isThrownBy(() -> cutOff.ensureBanker(command("boss", "boss@example.com")))
        .withMessage("the audit log is full");

    assertThat(users.list(0, 10)).isEmpty();
    assertThat(world.stores.queuedMails()).isEmpty();
    assertThat(world.stores.verifications().findLatest(new Username("ada"))).isEmpty();
  }

  @Test
  void writes_down_that_the_bank_has_made_a_banker() {
    service.ensureBanker(command("boss", "boss@example.com"));
    service.ensureBanker(command("boss", "boss@example.com"));

    assertThat(world.stores.audited("boss"))
        .containsExactly(
            new AuditEvent(
                clock.instant(),
                null,
                Action.REGISTERED,
                "boss",
                "banker",
                SignInWorld.ADDRESS,
                null));
  }

  @Test
  void makes_the_first_banker() {
    assertThat(service.ensureBanker(command("boss", "boss@example.com"))).isTrue();

    assertThat(find("boss").role()).isEqualTo(Role.BANKER);
    assertThat(hasher.matches(new Password("password of boss"), find("boss").passwordHash()))
        .isTrue();
  }

  @Test
  void keeps_the_banker_of_an_earlier_start() {
    service.ensureBanker(command("boss", "boss@example.com"));
    User boss = find("boss");
    int hashings = hasher.hashings();
    clock.advance(Duration.ofDays(1));

    assertThat(service.ensureBanker(command("boss", "elsewhere@example.com"))).isFalse();

    assertThat(find("boss")).isEqualTo(boss);
    assertThat(hasher.hashings()).as("a restart costs no hashing").isEqualTo(hashings);
  }

  @Test
  void makes_no_banker_of_a_depositor_who_has_the_name() {
    service.register(command("boss", "customer@example.com"));

    assertThat(service.ensureBanker(command("boss", "boss@example.com"))).isFalse();

    assertThat(find("boss").role()).isEqualTo(Role.DEPOSITOR);
  }

  @Test
  void takes_it_calmly_when_another_server_makes_the_banker_first() {
    RegistrationService late =
        new RegistrationService(
            world.stores.transactions(),
            new OvertakenUsers(users),
            world.verification,
            world.stores.audit(),
            hasher,
            clock);

    assertThat(late.ensureBanker(command("boss", "boss@example.com"))).isFalse();

    assertThat(find("boss").fullName()).isEqualTo("The other server's");
  }

  @Test
  void says_so_when_the_bankers_address_is_taken() {
    service.register(command("ada", "boss@example.com"));

    assertThatIllegalStateException()
        .isThrownBy(() -> service.ensureBanker(command("boss", "boss@example.com")))
        .withMessageContaining("boss@example.com");
    assertThat(users.find(new Username("boss"))).isEmpty();
  }

  /** Users among whom somebody inserts one between our look and our own insertion. */
  private record OvertakenUsers(UserRepository users) implements UserRepository {
    @Override
    public Optional<User> find(Username username) {
      Optional<User> before = users.find(username);
      users.insert(
          User.registered(
              username,
              Role.BANKER,
              "The other server's",
              new EmailAddress("boss@example.com"),
              new PasswordHash("$none"),
              new SettableClock().instant()));
      return before;
    }

    @Override
    public Insertion insert(User user) {
      return users.insert(user);
    }

    @Override
    public Optional<User> lock(Username username) {
      return users.lock(username);
    }

    @Override
    public boolean update(User user) {
      return users.update(user);
    }

    @Override
    public List<User> list(long offset, int limit) {
      return users.list(offset, limit);
    }
  }

  private RegistrationService serviceWithoutAudit() {
    return new RegistrationService(
        world.stores.transactions(),
        users,
        world.verification,
        events -> {
          throw new IllegalStateException("the audit log is full");
        },
        hasher,
        clock);
  }

  private User find(String username) {
    return users.find(new Username(username)).orElseThrow();
  }

  private static RegisterUser.Command command(String username, String email) {
    return SignInWorld.registration(username, email);
  }
}
