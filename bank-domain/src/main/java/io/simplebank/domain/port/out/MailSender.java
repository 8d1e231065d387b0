package io.simplebank.domain.port.out;

import io.simplebank.domain.user.Mail;

/** Hands mail to a mail server. */
public interface MailSender {
  /**
   * Returns once the mail server has taken the mail.
   *
   * @throws java.io.UncheckedIOException when it has not; it may be tried again
   */
  void send(Mail mail);
}
