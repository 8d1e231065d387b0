package io.simplebank.domain.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplebank.domain.session.RenewalProperty.Subject;
import io.simplebank.domain.user.Secret;
import io.simplebank.domain.user.Username;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class RenewalPropertyTest {
  /** Sessions in a list: the domain alone, without any store. */
  private static class PureSessions implements Subject {
    private final SplittableRandom random = new SplittableRandom(1);
    private final List<Session> sessions = new ArrayList<>();
    private final Map<Secret, RefreshToken> tokens = new HashMap<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public Secret logIn() {
      UUID id = new UUID(0, sessions.size());
      Instant end = now.plus(RenewalProperty.LIFETIME);
      sessions.add(Session.begun(id, new Username("ada"), "", "", now, end));
      return told(id, 0);
    }

    @Override
    public Optional<Secret> renew(Secret secret) {
      RefreshToken token = tokens.get(secret);
      if (token == null) {
        throw new IllegalArgumentException("a token that was never told");
      }
      int number = Math.toIntExact(token.session().getLeastSignificantBits());
      return switch (renewed(sessions.get(number), token.generation(), now)) {
        case Renewal.Renewed(var session, var nextGeneration) -> {
          if (token.generation() > sessions.get(number).generation()) {
            retireSiblings(token);
          }
          sessions.set(number, session);
          yield Optional.of(told(session.id(), nextGeneration));
        }
        case Renewal.Reused(var session) -> {
          sessions.set(number, session);
          yield Optional.empty();
        }
        case Renewal.Over() -> Optional.empty();
      };
    }

    /** As whoever keeps the tokens has to. */
    private void retireSiblings(RefreshToken used) {
      tokens.replaceAll(
          (secret, token) ->
              token.session().equals(used.session())
                      && token.generation() == used.generation()
                      && !token.equals(used)
                  ? new RefreshToken(token.hash(), token.session(), token.generation() - 1)
                  : token);
    }

    Renewal renewed(Session session, int generation, Instant at) {
      return session.renewedWith(generation, at);
    }

    @Override
    public void end(int session) {
      sessions.set(session, sessions.get(session).ended(now));
    }

    @Override
    public void advance(Duration by) {
      now = now.plus(by);
    }

    @Override
    public boolean isLive(int session) {
      return sessions.get(session).isLive(now);
    }

    private Secret told(UUID session, int generation) {
      Secret secret = Secret.generate(random);
      tokens.put(secret, new RefreshToken(secret.hash(), session, generation));
      return secret;
    }
  }

  /** Sessions with a bug: the use of a dead token is refused, but ends nothing. */
  private static final class LenientSessions extends PureSessions {
    @Override
    Renewal renewed(Session session, int generation, Instant at) {
      Renewal renewal = super.renewed(session, generation, at);
      return renewal instanceof Renewal.Reused ? new Renewal.Over() : renewal;
    }
  }

  @Test
  void keeps_a_token_good_until_a_later_one_is_used_and_ends_the_session_afterwards() {
    RenewalProperty.of(PureSessions::new).holdsFor(500, 60);
  }

  @Test
  void finds_a_bug_and_tells_how_to_see_it_again() {
    // How far a sequence can be reduced depends on the sequence: always the same one, then.
    RenewalProperty property = RenewalProperty.of(LenientSessions::new, 1);

    assertThatThrownBy(() -> property.holdsFor(200, 60))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("-Dbank.seed=")
        .satisfies(
            failure ->
                // A token, its successor and the token again suffice to see it; a step that is
                // dropped changes which token the others mean, so that a few more may remain.
                assertThat(String.valueOf(failure.getMessage()).split("Step\\["))
                    .hasSizeBetween(1 + 3, 30));
  }
}
