package io.simplebank.domain.port.in;

import java.util.UUID;

/** Whoever lets requests in asks whether the session of an access token goes on. */
public interface CheckSession {
  /**
   * Whether the session was not ended before its time, as far as this server knows: it learns of
   * what other servers have ended within seconds. Asks no store, so it may be asked at every
   * request.
   */
  boolean goesOn(UUID session);
}
