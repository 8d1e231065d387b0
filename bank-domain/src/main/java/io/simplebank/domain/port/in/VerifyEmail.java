package io.simplebank.domain.port.in;

import io.simplebank.domain.user.Secret;
import io.simplebank.domain.user.User;
import io.simplebank.domain.user.VerificationId;

/** Somebody who has read a verification mail comes back with its code. */
public interface VerifyEmail {
  /** Takes the address as verified, if the code is the one that was sent to it. */
  Outcome verify(Command command);

  /**
   * @param id which verification
   * @param code the secret that the mail told
   * @param clientAddress where the request came from; empty when that is not known
   */
  record Command(VerificationId id, Secret code, String clientAddress) {}

  /** What becomes of it. */
  sealed interface Outcome {
    /**
     * @param user whose address is verified now, or was already by the same code
     */
    record Verified(User user) implements Outcome {}

    /**
     * The code is wrong or has expired, or the user has another address by now; which of them is
     * not told.
     */
    record Refused() implements Outcome {}
  }
}
