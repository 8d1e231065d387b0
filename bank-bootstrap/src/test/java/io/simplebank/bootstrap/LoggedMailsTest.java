package io.simplebank.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.simplebank.domain.port.out.MailSender;
import io.simplebank.domain.port.out.MailSenderContract;
import io.simplebank.domain.user.EmailAddress;
import io.simplebank.domain.user.Mail;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoggedMailsTest extends MailSenderContract {
  private final WatchedLog log = new WatchedLog(LoggedMails.class);

  @AfterEach
  void stop_watching() {
    log.close();
  }

  @Override
  protected MailSender sender() {
    return new LoggedMails();
  }

  @Override
  protected List<Mail> arrived() {
    return log.events().stream().map(LoggedMailsTest::mail).toList();
  }

  @Test
  void says_why_the_mail_is_in_the_log() {
    sender().send(new Mail(new EmailAddress("ada@example.com"), "Your code", "It is 123456"));

    assertThat(log.events())
        .extracting(ILoggingEvent::getFormattedMessage)
        .singleElement()
        .asString()
        .contains("BANK_SMTP_HOST", "ada@example.com", "Your code", "\nIt is 123456\n");
  }

  private static Mail mail(ILoggingEvent event) {
    Object[] shown = event.getArgumentArray();
    return new Mail(
        new EmailAddress(shown[0].toString()), shown[1].toString(), shown[2].toString());
  }
}
