package io.simplebank.domain.port.in;

import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.EmailAddress;
import java.time.Instant;

/** A user asks for another verification mail. */
public interface RequestVerificationMail {
  /** Has a mail with a new code sent to the caller's address. */
  Outcome request(Caller caller);

  /** What becomes of it. */
  sealed interface Outcome {
    /**
     * A mail will be sent.
     *
     * @param email where to
     */
    record Requested(EmailAddress email) implements Outcome {}

    /** The address is verified. */
    record AlreadyVerified() implements Outcome {}

    /**
     * The last mail was asked for only just now.
     *
     * @param retryAt when another may be asked for
     */
    record TooSoon(Instant retryAt) implements Outcome {}
  }
}
