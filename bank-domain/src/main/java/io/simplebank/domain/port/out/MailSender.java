package io.simplebank.domain.port.out;

import io.simplebank.domain.user.Mail;
import java.io.UncheckedIOException;

/** Hands mails to whoever brings them to people's mailboxes. */
public interface MailSender {
  /**
   * Returns once the mail server has taken the mail. Whoever tries again after a failure accepts
   * that the mail may arrive twice: a server can take a mail and die before it says so.
   *
   * @throws UncheckedIOException when the server has not taken the mail, or has not said so; it may
   *     be tried again
   */
  void send(Mail mail);
}
