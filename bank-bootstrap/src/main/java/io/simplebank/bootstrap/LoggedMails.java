package io.simplebank.bootstrap;

import io.simplebank.domain.port.out.MailSender;
import io.simplebank.domain.user.Mail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows mails in the log to whoever tries the bank out without a mail server. A mail may hold a
 * secret, so this is for the embedded database alone.
 */
final class LoggedMails implements MailSender {
  private static final Logger LOG = LoggerFactory.getLogger(LoggedMails.class);

  @Override
  public void send(Mail mail) {
    LOG.info(
        "BANK_SMTP_HOST is not set, so this is the mail to {}: {}\n\n{}\n",
        mail.to().value(),
        mail.subject(),
        mail.text());
  }
}
