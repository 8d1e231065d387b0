package io.simplebank.application.session;

import static io.simplebank.application.world.SignInWorld.TOKEN_LIFETIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.simplebank.application.world.SignInWorld;
import io.simplebank.domain.port.out.SessionRepository;
import io.simplebank.domain.session.RefreshToken;
import io.simplebank.domain.session.Session;
import io.simplebank.domain.user.SecretHash;
import io.simplebank.domain.user.Username;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server under test learns of what others have ended through the store alone. */
final class EndedSessionsTest {
  private static final Duration OVERLAP = Duration.ofMinutes(1);

  private final SignInWorld world = new SignInWorld();
  private final SessionRepository store = world.stores.sessions();
  private final EndedSessions server = new EndedSessions(store, world.clock, TOKEN_LIFETIME);

  @BeforeEach
  void registerAda() {
    world.registered("ada");
  }

  @Test
  void lets_a_session_go_on_that_nobody_has_ended() {
    UUID session = begun();
    server.refresh();

    assertThat(server.goesOn(session)).isTrue();
    assertThat(server.goesOn(new UUID(1, 2))).isTrue();
  }

  @Test
  void learns_what_another_server_has_ended_when_it_next_looks() {
    UUID session = begun();
    server.refresh();
    endedBySomebodyElse(session, now());
    assertThat(server.goesOn(session)).isTrue();

    server.refresh();

    assertThat(server.goesOn(session)).isFalse();
  }

  @Test
  void knows_at_once_what_it_is_told() {
    UUID session = begun();

    server.learn(List.of(session));

    assertThat(server.goesOn(session)).isFalse();
    assertThat(server.goesOn(begun())).isTrue();
  }

  @Test
  void learns_at_start_of_all_whose_tokens_may_still_be_about() {
    UUID session = begun();
    endedBySomebodyElse(session, now());
    world.clock.advance(TOKEN_LIFETIME);

    EndedSessions startedLate = new EndedSessions(store, world.clock, TOKEN_LIFETIME);
    startedLate.refresh();

    assertThat(startedLate.goesOn(session)).isFalse();
  }

  @Test
  void learns_of_an_end_that_a_clock_behind_or_a_slow_commit_dates_back() {
    endedBySomebodyElse(begun(), now());
    server.refresh();
    UUID datedBack = begun();

    endedBySomebodyElse(datedBack, now().minus(OVERLAP));
    server.refresh();

    assertThat(server.goesOn(datedBack)).isFalse();
  }

  @Test
  void passes_over_nothing_because_another_clock_is_ahead() {
    UUID ahead = begun();
    endedBySomebodyElse(ahead, now().plus(Duration.ofHours(1)));
    server.refresh();
    UUID punctual = begun();

    endedBySomebodyElse(punctual, now());
    server.refresh();

    assertThat(server.goesOn(ahead)).isFalse();
    assertThat(server.goesOn(punctual)).isFalse();
  }

  @Test
  void goes_on_looking_from_where_it_was_however_long_nothing_happens() {
    for (int i = 0; i < 50; i++) {
      world.clock.advance(Duration.ofHours(1));
      server.refresh();
      UUID session = begun();
      endedBySomebodyElse(session, now());
      server.refresh();

      assertThat(server.goesOn(session)).isFalse();
    }
  }

  @Test
  void forgets_an_end_when_no_token_can_be_about_any_more_and_not_before() {
    UUID session = begun();
    endedBySomebodyElse(session, now());
    server.refresh();
    // The store is asked from the latest end on, and so tells this one no more.
    world.clock.advance(TOKEN_LIFETIME.plus(OVERLAP));
    endedBySomebodyElse(begun(), now());
    server.refresh();
    assertThat(server.goesOn(session)).isFalse();

    world.clock.advance(Duration.ofNanos(1));
    server.refresh();

    assertThat(server.goesOn(session)).isTrue();
  }

  @Test
  void forgets_what_it_was_told_as_it_forgets_what_it_has_read() {
    UUID session = begun();
    server.learn(List.of(session));
    world.clock.advance(TOKEN_LIFETIME.plus(OVERLAP));
    server.refresh();
    assertThat(server.goesOn(session)).isFalse();

    world.clock.advance(Duration.ofNanos(1));
    server.refresh();

    assertThat(server.goesOn(session)).isTrue();
  }

  @Test
  void keeps_what_it_knows_while_the_store_fails_and_catches_up_afterwards() {
    FailingStore failing = new FailingStore(store);
    EndedSessions cutOff = new EndedSessions(failing, world.clock, TOKEN_LIFETIME);
    UUID before = begun();
    endedBySomebodyElse(before, now());
    cutOff.refresh();
    failing.fails = true;
    UUID meanwhile = begun();
    endedBySomebodyElse(meanwhile, now());

    world.clock.advance(Duration.ofMinutes(10));
    assertThatIllegalStateException().isThrownBy(cutOff::refresh).withMessage("out of reach");
    assertThat(cutOff.goesOn(before)).isFalse();
    assertThat(cutOff.goesOn(meanwhile)).isTrue();

    failing.fails = false;
    cutOff.refresh();
    assertThat(cutOff.goesOn(before)).isFalse();
    assertThat(cutOff.goesOn(meanwhile)).isFalse();
  }

  private Instant now() {
    return world.clock.instant();
  }

  private UUID begun() {
    return world.loggedIn("ada").session().id();
  }

  private void endedBySomebodyElse(UUID id, Instant at) {
    world
        .stores
        .transactions()
        .inTransaction(
            () -> {
              Session ended = store.lock(id).orElseThrow().ended(at);
              store.update(ended);
              return ended;
            });
  }

  private static final class FailingStore implements SessionRepository {
    private final SessionRepository store;
    private boolean fails;

    FailingStore(SessionRepository store) {
      this.store = store;
    }

    @Override
    public List<Session> endedSince(Instant since) {
      if (fails) {
        throw new IllegalStateException("out of reach");
      }
      return store.endedSince(since);
    }

    @Override
    public void insert(Session session) {
      store.insert(session);
    }

    @Override
    public void insert(RefreshToken token) {
      store.insert(token);
    }

    @Override
    public void retireSiblings(RefreshToken used) {
      store.retireSiblings(used);
    }

    @Override
    public Optional<Session> find(UUID id) {
      return store.find(id);
    }

    @Override
    public Optional<RefreshToken> find(SecretHash hash) {
      return store.find(hash);
    }

    @Override
    public Optional<Session> lock(UUID id) {
      return store.lock(id);
    }

    @Override
    public void update(Session session) {
      store.update(session);
    }

    @Override
    public List<Session> listLive(Username username, Instant now) {
      return store.listLive(username, now);
    }

    @Override
    public List<UUID> endAll(Username username, @Nullable UUID except, Instant at) {
      return store.endAll(username, except, at);
    }

    @Override
    public int removeExpiredBefore(Instant time) {
      return store.removeExpiredBefore(time);
    }
  }
}
