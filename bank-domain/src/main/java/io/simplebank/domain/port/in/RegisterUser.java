package io.simplebank.domain.port.in;

import io.simplebank.domain.user.EmailAddress;
import io.simplebank.domain.user.Password;
import io.simplebank.domain.user.User;
import io.simplebank.domain.user.Username;

/** Anyone becomes a depositor of the bank, and is sent a mail to verify their address. */
public interface RegisterUser {
  /** Registers a user, or says what stands in the way. */
  Outcome register(Command command);

  /**
   * @param username the name to log in with
   * @param password to prove it with
   * @param fullName how the user is called
   * @param email where mail reaches them
   * @param clientAddress where the request came from; empty when that is not known
   */
  record Command(
      Username username,
      Password password,
      String fullName,
      EmailAddress email,
      String clientAddress) {}

  /** What becomes of it. */
  sealed interface Outcome {
    /**
     * @param user as registered
     */
    record Registered(User user) implements Outcome {}

    /** Somebody has that name already. */
    record UsernameTaken() implements Outcome {}

    /** Somebody has that address already. */
    record EmailTaken() implements Outcome {}
  }
}
