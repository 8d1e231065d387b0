package io.simplebank.domain.port.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplebank.domain.session.RefreshToken;
import io.simplebank.domain.session.Renewal;
import io.simplebank.domain.session.Session;
import io.simplebank.domain.user.Secret;
import io.simplebank.domain.user.SecretHash;
import io.simplebank.domain.user.Username;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
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

  @Test
  void finds_a_refresh_token_as_inserted() {
    Session session = inserted(registeredUser().username());
    RefreshToken first = token(session, 0);
    RefreshToken second = token(session, 1);

    stores().sessions().insert(first);
    stores().sessions().insert(second);

    assertThat(stores().sessions().find(first.hash())).contains(first);
    assertThat(stores().sessions().find(second.hash())).contains(second);
  }

  @Test
  void keeps_several_refresh_tokens_of_one_generation() {
    Session session = inserted(registeredUser().username());
    RefreshToken one = token(session, 1);
    RefreshToken other = token(session, 1);

    stores().sessions().insert(one);
    stores().sessions().insert(other);

    assertThat(stores().sessions().find(one.hash())).contains(one);
    assertThat(stores().sessions().find(other.hash())).contains(other);
  }

  @Test
  void finds_no_refresh_token_of_an_unknown_hash() {
    assertThat(stores().sessions().find(aHash())).isEmpty();
  }

  @Test
  void refuses_a_refresh_token_of_no_session() {
    RefreshToken token = new RefreshToken(aHash(), UUID.randomUUID(), 0);

    assertThatThrownBy(() -> stores().sessions().insert(token))
        .isInstanceOf(RuntimeException.class);

    assertThat(stores().sessions().find(token.hash())).isEmpty();
  }

  @Test
  void refuses_a_second_refresh_token_of_one_hash() {
    Session session = inserted(registeredUser().username());
    RefreshToken first = token(session, 0);
    stores().sessions().insert(first);

    assertThatThrownBy(
            () -> stores().sessions().insert(new RefreshToken(first.hash(), session.id(), 1)))
        .isInstanceOf(RuntimeException.class);

    assertThat(stores().sessions().find(first.hash())).contains(first);
  }

  @Test
  void keeps_what_a_locked_session_has_become() {
    Session session = inserted(registeredUser().username());
    Session renewed = ((Renewal.Renewed) session.renewedWith(3, NOW)).session();
    Session ended = renewed.ended(NOW.plusSeconds(1));

    assertThat(updated(renewed)).contains(renewed);
    assertThat(updated(ended)).contains(ended);
    assertThat(stores().sessions().find(session.id())).contains(ended);
  }

  @Test
  void refuses_to_keep_a_session_that_there_is_none_of() {
    Session unknown = session(registeredUser().username(), "", "");

    assertThat(locked(unknown.id())).isEmpty();
    assertThatThrownBy(() -> updated(unknown)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void lets_one_change_a_session_after_the_other() throws Exception {
    Session session = inserted(registeredUser().username());

    simultaneously(8, () -> renewOnceMore(session.id()));

    assertThat(stores().sessions().find(session.id()).orElseThrow().generation()).isEqualTo(8);
  }

  @Test
  void lists_live_sessions_newest_first() {
    Username username = registeredUser().username();
    Session old = inserted(session(username, NOW.minusSeconds(10), NOW.plusSeconds(10)));
    Session young = inserted(session(username, NOW, NOW.plusSeconds(10)));
    Session middle = inserted(session(username, NOW.minusSeconds(5), NOW.plusSeconds(10)));
    // Neither ended, nor expired, nor another's.
    inserted(session(username, NOW.minusSeconds(5), NOW.plusSeconds(10)).ended(NOW));
    inserted(session(username, NOW.minusSeconds(5), NOW));
    inserted(registeredUser().username());

    assertThat(stores().sessions().listLive(username, NOW)).containsExactly(young, middle, old);
    assertThat(stores().sessions().listLive(new Username(freshName()), NOW)).isEmpty();
  }

  @Test
  void ends_all_live_sessions_of_a_user() {
    Username username = registeredUser().username();
    Session phone = inserted(username);
    Session laptop = inserted(username);
    Session ended = inserted(session(username, "", "").ended(NOW.minusSeconds(1)));
    Session expired = inserted(session(username, NOW.minusSeconds(5), NOW));
    Session anothers = inserted(registeredUser().username());

    List<UUID> endedNow = stores().sessions().endAll(username, null, NOW);

    assertThat(endedNow).containsExactlyInAnyOrder(phone.id(), laptop.id());
    assertThat(stores().sessions().find(phone.id())).contains(phone.ended(NOW));
    assertThat(stores().sessions().find(laptop.id())).contains(laptop.ended(NOW));
    assertThat(stores().sessions().find(ended.id())).contains(ended);
    assertThat(stores().sessions().find(expired.id())).contains(expired);
    assertThat(stores().sessions().find(anothers.id())).contains(anothers);
    assertThat(stores().sessions().endAll(username, null, NOW.plusSeconds(1))).isEmpty();
  }

  @Test
  void ends_all_live_sessions_but_one() {
    Username username = registeredUser().username();
    Session phone = inserted(username);
    Session laptop = inserted(username);

    assertThat(stores().sessions().endAll(username, laptop.id(), NOW)).containsExactly(phone.id());

    assertThat(stores().sessions().listLive(username, NOW)).containsExactly(laptop);
  }

  @Test
  void ends_each_session_once_however_many_end_all_at_once() throws Exception {
    Username username = registeredUser().username();
    List<UUID> sessions = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      sessions.add(inserted(username).id());
    }

    List<List<UUID>> ended =
        simultaneously(8, () -> stores().sessions().endAll(username, null, NOW));

    assertThat(ended.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(sessions);
  }

  @Test
  void tells_what_was_ended_since_a_time_in_the_order_of_time() {
    Username username = registeredUser().username();
    Session before = inserted(session(username, "", "").ended(NOW.minusNanos(1000)));
    Session later = inserted(session(username, "", "").ended(NOW.plusSeconds(2)));
    Session then = inserted(session(username, "", "").ended(NOW));
    Session live = inserted(username);

    List<Session> ended =
        stores().sessions().endedSince(NOW).stream()
            .filter(session -> session.username().equals(username))
            .toList();

    assertThat(ended).containsExactly(then, later).doesNotContain(before, live);
  }

  @Test
  void removes_sessions_that_expired_before_a_time_with_their_tokens() {
    Instant past = Instant.parse("2001-01-01T00:00:00Z");
    Username username = registeredUser().username();
    Session old = inserted(session(username, past.minusSeconds(9), past.minusSeconds(1)));
    Session young = inserted(session(username, past.minusSeconds(9), past));
    RefreshToken tokenOfOld = token(old, 0);
    RefreshToken tokenOfYoung = token(young, 0);
    stores().sessions().insert(tokenOfOld);
    stores().sessions().insert(tokenOfYoung);

    assertThat(stores().sessions().removeExpiredBefore(past)).isEqualTo(1);

    assertThat(stores().sessions().find(old.id())).isEmpty();
    assertThat(stores().sessions().find(tokenOfOld.hash())).isEmpty();
    assertThat(stores().sessions().find(young.id())).contains(young);
    assertThat(stores().sessions().find(tokenOfYoung.hash())).contains(tokenOfYoung);
    assertThat(stores().sessions().removeExpiredBefore(past)).isZero();
    assertThat(stores().sessions().removeExpiredBefore(past.plusSeconds(1))).isEqualTo(1);
  }

  @Test
  void retires_the_siblings_of_a_token_and_nobody_else() {
    Session session = inserted(registeredUser().username());
    Session another = inserted(registeredUser().username());
    RefreshToken used = token(session, 2);
    RefreshToken sibling = token(session, 2);
    List<RefreshToken> others = List.of(token(session, 1), token(session, 3), token(another, 2));
    Stream.concat(Stream.of(used, sibling), others.stream()).forEach(stores().sessions()::insert);

    stores()
        .transactions()
        .inTransaction(
            () -> {
              assertThat(stores().sessions().lock(session.id())).isPresent();
              stores().sessions().retireSiblings(used);
              return session;
            });

    assertThat(stores().sessions().find(used.hash())).contains(used);
    assertThat(stores().sessions().find(sibling.hash()))
        .contains(new RefreshToken(sibling.hash(), session.id(), 1));
    for (RefreshToken other : others) {
      assertThat(stores().sessions().find(other.hash())).contains(other);
    }
  }

  private Session inserted(Username username) {
    return inserted(session(username, "phone", "10.0.0.1"));
  }

  private Session inserted(Session session) {
    stores().sessions().insert(session);
    return session;
  }

  private Optional<Session> locked(UUID id) {
    return stores().transactions().inTransaction(() -> stores().sessions().lock(id));
  }

  private Optional<Session> updated(Session session) {
    return stores()
        .transactions()
        .inTransaction(
            () -> {
              stores().sessions().update(session);
              return stores().sessions().lock(session.id());
            });
  }

  private Session renewOnceMore(UUID id) {
    return stores()
        .transactions()
        .inTransaction(
            () -> {
              Session before = stores().sessions().lock(id).orElseThrow();
              Renewal.Renewed renewal =
                  (Renewal.Renewed) before.renewedWith(before.generation() + 1, NOW);
              stores().sessions().update(renewal.session());
              return renewal.session();
            });
  }

  private static RefreshToken token(Session session, int generation) {
    return new RefreshToken(aHash(), session.id(), generation);
  }

  private static SecretHash aHash() {
    return new Secret(freshName()).hash();
  }

  private static Session session(Username username, Instant createdAt, Instant expiresAt) {
    return Session.begun(UUID.randomUUID(), username, "", "", createdAt, expiresAt);
  }

  private static Session session(Username username, String userAgent, String clientAddress) {
    return Session.begun(
        UUID.randomUUID(), username, userAgent, clientAddress, NOW, NOW.plus(Duration.ofDays(1)));
  }
}
