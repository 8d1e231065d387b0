package io.simplebank.application.session;

import io.simplebank.domain.port.in.CheckSession;
import io.simplebank.domain.port.out.SessionRepository;
import io.simplebank.domain.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sessions that were ended of late, kept in memory for as long as an access token of theirs may
 * still be about: read from the store as often as it is told to {@link #refresh}, which is every
 * second, and told by whoever has ended one on this server.
 */
public final class EndedSessions implements CheckSession {
  /**
   * What was ended this long before the latest that is known is read again: other servers' clocks
   * may be behind, and their transactions may commit later than they began.
   */
  private static final Duration OVERLAP = Duration.ofMinutes(1);

  private final SessionRepository sessions;
  private final InstantSource clock;
  private final Duration memory;
  private final Map<UUID, Instant> ended = new ConcurrentHashMap<>();
  private Instant since;

  /**
   * Knows of nothing yet: to be refreshed before the first request is let in.
   *
   * @param tokenLifetime how long an access token is good at most
   */
  public EndedSessions(SessionRepository sessions, InstantSource clock, Duration tokenLifetime) {
    this.sessions = sessions;
    this.clock = clock;
    this.memory = tokenLifetime.plus(OVERLAP);
    this.since = clock.instant().minus(memory);
  }

  @Override
  public boolean goesOn(UUID session) {
    return !ended.containsKey(session);
  }

  /**
   * Takes it that these have just been ended. Asks no store: what is committed must not end in an
   * error because the store is gone a moment later.
   */
  public void learn(Collection<UUID> endedNow) {
    Instant now = clock.instant();
    endedNow.forEach(session -> ended.put(session, now));
  }

  /** Reads what any server has ended since the last time, and forgets what is past. */
  public synchronized void refresh() {
    Instant now = clock.instant();
    Instant latest = Instant.MIN;
    for (Session session : sessions.endedSince(since)) {
      Instant at = session.endedAt();
      if (at == null) {
        throw new IllegalStateException("session " + session.id() + " is not ended");
      }
      ended.put(session.id(), at);
      latest = at.isAfter(latest) ? at : latest;
    }
    // A clock that is ahead must not make this server pass over what the others end meanwhile.
    Instant known = latest.isAfter(now) ? now : latest;
    if (known.isAfter(since.plus(OVERLAP))) {
      since = known.minus(OVERLAP);
    }
    ended.values().removeIf(at -> at.plus(memory).isBefore(now));
  }
}
