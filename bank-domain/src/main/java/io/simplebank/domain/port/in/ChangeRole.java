package io.simplebank.domain.port.in;

import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.User;
import io.simplebank.domain.user.Username;

/** A banker makes somebody a banker, or a depositor again. */
public interface ChangeRole {
  /**
   * Changes the role and ends all sessions of that user, so that no token goes on saying what they
   * were. A role that they have already changes nothing.
   */
  Outcome change(Command command);

  /**
   * @param caller the banker
   * @param username whose role
   * @param role what they are to be
   */
  record Command(Caller caller, Username username, Role role) {}

  /** What becomes of it. */
  sealed interface Outcome {
    /**
     * @param user as they are now
     */
    record Changed(User user) implements Outcome {}

    /** The caller is no banker. */
    record BankersOnly() implements Outcome {}

    /** Nobody changes their own role: so there is a banker always. */
    record OwnRole() implements Outcome {}

    /** There is no such user. */
    record NoSuchUser() implements Outcome {}
  }
}
