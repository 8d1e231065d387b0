package io.simplebank.domain.port.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplebank.domain.session.Session;
import io.simplebank.domain.user.Username;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link SessionRepository} does. */
public abstract class SessionRepositoryContract extends StoresContract {
  /** For the tests of each store that keeps this contract. */
  protected SessionRepositoryContract() {}

  @Test
  void finds_a_session_as_inserted() {
    Session session = session(registeredUser().username(), "Mozilla/5.0 (✓)", "2001:db8::1");

    stores().sessions().insert(session);

    assertThat(stores().sessions().find(session.id())).contains(session);
  }

  @Test
  void keeps_a_session_of_a_client_that_tells_nothing() {
    Session session = session(registeredUser().username(), "", "");

    stores().sessions().insert(session);

    assertThat(stores().sessions().find(session.id())).contains(session);
  }

  @Test
  void keeps_a_session_of_a_client_that_tells_much() {
    Session session = session(registeredUser().username(), "agent ".repeat(1000), "10.0.0.1");

    stores().sessions().insert(session);

    assertThat(stores().sessions().find(session.id())).contains(session);
  }

  @Test
  void keeps_several_sessions_of_one_user() {
    Username username = registeredUser().username();
    Session phone = session(username, "phone", "10.0.0.1");
    Session laptop = session(username, "laptop", "10.0.0.2");

    stores().sessions().insert(phone);
    stores().sessions().insert(laptop);

    assertThat(stores().sessions().find(phone.id())).contains(phone);
    assertThat(stores().sessions().find(laptop.id())).contains(laptop);
  }

  @Test
  void finds_no_session_of_an_unknown_name() {
    assertThat(stores().sessions().find(UUID.randomUUID())).isEmpty();
  }

  @Test
  void refuses_a_session_of_nobody() {
    Session session = session(new Username(freshName()), "phone", "10.0.0.1");

    // Which exception is each store's own: it means a bug of the caller's.
    assertThatThrownBy(() -> stores().sessions().insert(session))
        .isInstanceOf(RuntimeException.class);

    assertThat(stores().sessions().find(session.id())).isEmpty();
  }

  @Test
  void refuses_a_second_session_of_one_name() {
    Session first = session(registeredUser().username(), "phone", "10.0.0.1");
    stores().sessions().insert(first);

    assertThatThrownBy(() -> stores().sessions().insert(first))
        .isInstanceOf(RuntimeException.class);

    assertThat(stores().sessions().find(first.id())).contains(first);
  }

  private static Session session(Username username, String userAgent, String clientAddress) {
    return Session.begun(
        UUID.randomUUID(), username, userAgent, clientAddress, NOW, NOW.plus(Duration.ofDays(1)));
  }
}
