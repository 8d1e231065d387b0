package io.simplebank.domain.port.in;

import io.simplebank.domain.user.Caller;
import java.util.UUID;

/** A user logs out, here or elsewhere. */
public interface EndSession {
  /**
   * Ends a live session of the caller's own: its refresh tokens are dead at once, its access tokens
   * within seconds on every server.
   *
   * @return whether there was such a session
   */
  boolean end(Caller caller, UUID session);
}
