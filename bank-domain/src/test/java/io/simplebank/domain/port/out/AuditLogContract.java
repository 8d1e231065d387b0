package io.simplebank.domain.port.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplebank.domain.audit.AuditEvent;
import io.simplebank.domain.audit.AuditEvent.Action;
import io.simplebank.domain.user.Username;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link AuditLog} does. */
public abstract class AuditLogContract extends StoresContract {
  private final String subject = freshName();

  /** For the tests of each store that keeps this contract. */
  protected AuditLogContract() {}

  @Test
  void writes_down_all_that_is_told() {
    AuditEvent event =
        new AuditEvent(
            NOW,
            new Username("banker"),
            Action.ROLE_CHANGED,
            subject,
            "depositor -> banker, says \"Zoë\", {not an array}",
            "2001:db8::1",
            UUID.randomUUID());

    stores().audit().record(event);

    assertThat(stores().audited(subject)).containsExactly(event);
  }

  @Test
  void writes_down_what_the_bank_itself_did() {
    AuditEvent event = new AuditEvent(NOW, null, Action.DEPOSITED, subject, "", "", null);

    stores().audit().record(event);

    assertThat(stores().audited(subject)).containsExactly(event);
  }

  @Test
  void writes_down_what_nobody_known_has_tried() {
    AuditEvent event =
        AuditEvent.by(new Username(freshName()), Action.PASSWORD_WRONG, subject, "192.0.2.1", NOW);

    stores().audit().record(event);

    assertThat(stores().audited(subject)).containsExactly(event);
  }

  @Test
  void knows_every_action_and_keeps_the_order_in_which_they_were_told() {
    List<AuditEvent> events =
        Arrays.stream(Action.values())
            .map(action -> new AuditEvent(NOW, null, action, subject, "", "", null))
            .toList();

    stores().audit().record(events);
    stores().audit().record(events.getFirst());

    assertThat(stores().audited(subject))
        .startsWith(events.toArray(AuditEvent[]::new))
        .endsWith(events.getFirst())
        .hasSize(events.size() + 1);
  }

  @Test
  void has_nothing_to_write_down_where_nothing_was_done() {
    stores().audit().record(List.of());

    assertThat(stores().audited(subject)).isEmpty();
  }

  @Test
  void writes_nothing_down_when_the_transaction_fails() {
    AuditEvent event = new AuditEvent(NOW, null, Action.WITHDRAWN, subject, "", "", null);

    assertThatThrownBy(
            () ->
                stores()
                    .transactions()
                    .inTransaction(
                        () -> {
                          stores().audit().record(event);
                          throw new IllegalStateException("on purpose");
                        }))
        .hasMessage("on purpose");

    assertThat(stores().audited(subject)).isEmpty();
  }
}
