package io.simplebank.domain.port.in;

import io.simplebank.domain.session.Session;
import io.simplebank.domain.user.Password;
import io.simplebank.domain.user.Secret;
import io.simplebank.domain.user.User;
import io.simplebank.domain.user.Username;
import java.time.Instant;

/** A user proves who they are, and a session begins. */
public interface LogIn {
  /** Compares the password and begins a session. */
  Outcome logIn(Command command);

  /**
   * @param username who they say they are
   * @param password the proof
   * @param userAgent what the client calls itself; empty when it does not say
   * @param clientAddress where the request came from; empty when that is not known
   */
  record Command(Username username, Password password, String userAgent, String clientAddress) {}

  /** What becomes of it. */
  sealed interface Outcome {
    /**
     * @param user who logged in
     * @param session what began
     * @param refreshToken the secret that renews its access, told here and never again
     */
    record LoggedIn(User user, Session session, Secret refreshToken) implements Outcome {}

    /** No user has this name and this password; which of the two is wrong is not told. */
    record BadCredentials() implements Outcome {}

    /**
     * Too many logins at this account, or from this address, have failed of late. The password was
     * not looked at.
     *
     * @param retryAt when it may be tried again
     */
    record TooManyAttempts(Instant retryAt) implements Outcome {}
  }
}
