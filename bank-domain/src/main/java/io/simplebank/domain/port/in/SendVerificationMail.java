package io.simplebank.domain.port.in;

import io.simplebank.domain.user.VerificationId;

/** The queue of verification mails is worked off. */
public interface SendVerificationMail {
  /**
   * Makes a new code and hands a mail with it to the mail server; does nothing once the address is
   * verified or no longer the user's. The code begins to expire now, not when the mail was asked
   * for, and is stored nowhere but in the mail.
   *
   * @throws java.io.UncheckedIOException when the mail server has not taken it; it may be tried
   *     again
   */
  void send(VerificationId id);
}
