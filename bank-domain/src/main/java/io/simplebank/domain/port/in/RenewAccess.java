package io.simplebank.domain.port.in;

import io.simplebank.domain.session.Session;
import io.simplebank.domain.user.Secret;
import io.simplebank.domain.user.User;

/** A client that holds a refresh token goes on without logging in again. */
public interface RenewAccess {
  /**
   * Takes a refresh token and gives the next one. The one taken stays good until the next is first
   * used; from then on its use ends the session.
   */
  Outcome renew(Command command);

  /**
   * @param refreshToken the secret that the client was told last
   * @param clientAddress where the request came from; empty when that is not known
   */
  record Command(Secret refreshToken, String clientAddress) {}

  /** What becomes of it. */
  sealed interface Outcome {
    /**
     * @param user whose session it is, as they are now
     * @param session the session
     * @param refreshToken the next secret, told here and never again
     */
    record Renewed(User user, Session session, Secret refreshToken) implements Outcome {}

    /** The token is unknown or dead, or its session is over; which of them is not told. */
    record Refused() implements Outcome {}
  }
}
