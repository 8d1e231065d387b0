package io.simplebank.bootstrap;

import io.simplebank.domain.port.out.MailSender;
import io.simplebank.domain.user.Mail;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Takes no mail, so that what is to be sent is kept until there is a mail server. */
final class NoMailServer implements MailSender {
  @Override
  public void send(Mail mail) {
    throw new UncheckedIOException(
        new IOException("no mail leaves the bank, because BANK_SMTP_HOST is not set"));
  }
}
