package io.simplebank.application.session;

import static io.simplebank.application.world.SignInWorld.SESSION_LIFETIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.application.world.SignInWorld;
import io.simplebank.domain.audit.AuditEvent;
import io.simplebank.domain.port.in.LogIn.Outcome.LoggedIn;
import io.simplebank.domain.session.AttemptKey;
import io.simplebank.domain.session.Attempts;
import io.simplebank.domain.user.Username;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HousekeepingTest {
  private static final Duration MONTH = Duration.ofDays(30);
  private static final Username ADA = new Username("ada");

  private final SignInWorld world = new SignInWorld();
  private final Housekeeping housekeeping =
      new Housekeeping(
          world.stores.sessions(),
          world.stores.attempts(),
          world.stores.verifications(),
          world.clock);

  @Test
  void removes_a_session_with_its_tokens_a_month_after_it_expired() {
    world.registered("ada");
    LoggedIn old = world.loggedIn("ada");
    world.clock.advance(Duration.ofNanos(1));
    LoggedIn young = world.loggedIn("ada");
    world.clock.advance(SESSION_LIFETIME.plus(MONTH));

    housekeeping.forget();

    assertThat(world.stores.sessions().find(old.session().id())).isEmpty();
    assertThat(world.stores.sessions().find(old.refreshToken().hash())).isEmpty();
    assertThat(world.stores.sessions().find(young.session().id())).isPresent();
    assertThat(world.stores.sessions().find(young.refreshToken().hash())).isPresent();
  }

  @Test
  void removes_failed_logins_and_verifications_after_a_month() {
    world.registered("ada");
    world.logIn("ada", "wrong password");
    world.clock.advance(MONTH);
    housekeeping.forget();
    assertThat(failures()).isEqualTo(1);
    assertThat(world.stores.verifications().findLatest(ADA)).isPresent();

    world.clock.advance(Duration.ofNanos(1));
    housekeeping.forget();

    assertThat(failures()).isZero();
    assertThat(world.stores.verifications().findLatest(ADA)).isEmpty();
  }

  @Test
  void leaves_what_the_bank_must_keep() {
    world.registered("ada");
    world.logIn("ada", "wrong password");
    List<AuditEvent> written = world.stores.audited("ada");
    world.clock.advance(Duration.ofDays(10_000));

    housekeeping.forget();

    assertThat(world.stores.audited("ada")).hasSize(2).isEqualTo(written);
    assertThat(world.stores.users().find(ADA)).isPresent();
  }

  private int failures() {
    List<Attempts> attempts =
        world
            .stores
            .transactions()
            .inTransaction(
                () ->
                    world
                        .stores
                        .attempts()
                        .lock(List.of(AttemptKey.account(ADA)), world.clock.instant()));
    return attempts.getFirst().failures();
  }
}
