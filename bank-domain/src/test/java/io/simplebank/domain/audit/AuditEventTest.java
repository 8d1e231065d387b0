package io.simplebank.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.domain.audit.AuditEvent.Action;
import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.Username;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class AuditEventTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Username ADA = new Username("ada");

  @Test
  void says_who_did_it_in_which_session_and_from_where() {
    UUID session = new UUID(1, 2);
    Caller banker = new Caller(new Username("boss"), Role.BANKER, session, "192.0.2.1");

    AuditEvent event = AuditEvent.by(banker, Action.ROLE_CHANGED, "ada", "a -> b", NOW);

    assertThat(event)
        .isEqualTo(
            new AuditEvent(
                NOW,
                new Username("boss"),
                Action.ROLE_CHANGED,
                "ada",
                "a -> b",
                "192.0.2.1",
                session));
  }

  @Test
  void says_whose_name_was_used_outside_any_session() {
    AuditEvent event = AuditEvent.by(ADA, Action.PASSWORD_WRONG, "ada", "192.0.2.1", NOW);

    assertThat(event)
        .isEqualTo(new AuditEvent(NOW, ADA, Action.PASSWORD_WRONG, "ada", "", "192.0.2.1", null));
  }

  @ParameterizedTest
  @EnumSource
  void has_a_code_for_each_action_in_no_language(Action action) {
    // In Turkish, a careless conversion would give letters that are not ASCII.
    assertThat(action.code()).matches("[a-z]+(_[a-z]+)*").isEqualToIgnoringCase(action.name());
  }
}
