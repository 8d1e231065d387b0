package io.simplebank.domain.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.simplebank.domain.user.Username;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class SessionTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void ends_after_it_begins() {
    assertThat(lasting(NOW, NOW.plusNanos(1)).expiresAt()).isAfter(NOW);
    assertThatIllegalArgumentException().isThrownBy(() -> lasting(NOW, NOW));
    assertThatIllegalArgumentException().isThrownBy(() -> lasting(NOW, NOW.minusNanos(1)));
  }

  @Test
  void begins_with_generation_0() {
    Session session = aDay();

    assertThat(session.generation()).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Session(
                    session.id(),
                    session.username(),
                    "",
                    "",
                    session.createdAt(),
                    session.expiresAt(),
                    -1,
                    null));
  }

  @Test
  void is_live_until_it_expires() {
    Session session = aDay();

    assertThat(session.isLive(NOW)).isTrue();
    assertThat(session.isLive(session.expiresAt().minusNanos(1))).isTrue();
    assertThat(session.isLive(session.expiresAt())).isFalse();
  }

  @Test
  void is_not_live_once_it_has_ended() {
    Session ended = aDay().ended(NOW);

    assertThat(ended.isLive(NOW)).isFalse();
    assertThat(ended.ended(NOW.plusSeconds(1))).as("the first end stays").isEqualTo(ended);
  }

  @Test
  void goes_on_from_token_to_token() {
    Renewal.Renewed first = renewed(aDay().renewedWith(0, NOW));
    Renewal.Renewed second = renewed(first.session().renewedWith(1, NOW));

    assertThat(first.session().generation()).isZero();
    assertThat(first.nextGeneration()).isEqualTo(1);
    assertThat(second.session().generation()).isEqualTo(1);
    assertThat(second.nextGeneration()).isEqualTo(2);
  }

  @Test
  void takes_a_token_again_until_its_successor_is_used() {
    Session session = aDay();

    for (int i = 0; i < 3; i++) {
      Renewal.Renewed again = renewed(session.renewedWith(0, NOW));
      assertThat(again.nextGeneration()).isEqualTo(1);
      session = again.session();
    }
  }

  @Test
  void ends_when_a_token_is_used_whose_successor_was_used() {
    Session session =
        renewed(renewed(aDay().renewedWith(0, NOW)).session().renewedWith(1, NOW)).session();

    Renewal renewal = session.renewedWith(0, NOW.plusSeconds(5));

    assertThat(renewal).isEqualTo(new Renewal.Reused(session.ended(NOW.plusSeconds(5))));
    assertThat(session.ended(NOW).renewedWith(1, NOW)).isEqualTo(new Renewal.Over());
  }

  @Test
  void is_over_once_it_has_expired() {
    Session session = aDay();

    assertThat(session.renewedWith(0, session.expiresAt())).isEqualTo(new Renewal.Over());
  }

  private static Renewal.Renewed renewed(Renewal renewal) {
    assertThat(renewal).isInstanceOf(Renewal.Renewed.class);
    return (Renewal.Renewed) renewal;
  }

  private static Session aDay() {
    return lasting(NOW, NOW.plus(Duration.ofDays(1)));
  }

  private static Session lasting(Instant createdAt, Instant expiresAt) {
    return Session.begun(new UUID(1, 2), new Username("ada"), "", "", createdAt, expiresAt);
  }
}
