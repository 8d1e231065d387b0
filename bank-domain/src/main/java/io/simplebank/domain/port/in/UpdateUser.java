package io.simplebank.domain.port.in;

import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.EmailAddress;
import io.simplebank.domain.user.Password;
import io.simplebank.domain.user.User;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A user changes what the bank knows of them. */
public interface UpdateUser {
  /**
   * Changes all that the command names, or nothing. A new address has to be verified again, and a
   * mail for that is sent; a new password ends all other sessions of the user.
   */
  Outcome update(Command command);

  /**
   * @param caller who, in the session that goes on
   * @param fullName how they are called now; null to leave that
   * @param email where mail reaches them now; null to leave that
   * @param password what they log in with from now on; null to leave that
   */
  record Command(
      Caller caller,
      @Nullable String fullName,
      @Nullable EmailAddress email,
      @Nullable PasswordChange password) {
    /** Needs a caller. */
    public Command {
      Objects.requireNonNull(caller, "caller");
    }
  }

  /**
   * @param current the password so far, as a proof: an access token alone does not lock its owner
   *     out
   * @param wanted the new one
   */
  record PasswordChange(Password current, Password wanted) {}

  /** What becomes of it. */
  sealed interface Outcome {
    /**
     * @param user as they are now
     */
    record Updated(User user) implements Outcome {}

    /** Somebody else has that address. */
    record EmailTaken() implements Outcome {}

    /** The current password is another. */
    record WrongPassword() implements Outcome {}

    /**
     * Too many passwords have been wrong of late; this one was not looked at.
     *
     * @param retryAt when it may be tried again
     */
    record TooManyAttempts(Instant retryAt) implements Outcome {}
  }
}
