package io.simplebank.bootstrap;

import io.simplebank.domain.port.out.MailSender;
import io.simplebank.domain.user.Mail;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Mail by SMTP, over a connection of its own for each: the bank writes few, and none in haste. */
final class SmtpMailSender implements MailSender {
  private static final Logger LOG = LoggerFactory.getLogger(SmtpMailSender.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final SmtpSettings settings;
  private final Session session;

  /**
   * @param tls knows whom to trust
   * @param patience how long the server may take to let the bank in, and for each of its answers
   */
  SmtpMailSender(SmtpSettings settings, SSLSocketFactory tls, Duration patience) {
    this.settings = settings;
    this.session = Session.getInstance(properties(settings, tls, patience));
  }

  /** A sender that trusts whom this Java trusts. */
  static SmtpMailSender to(SmtpSettings settings) {
    return new SmtpMailSender(settings, (SSLSocketFactory) SSLSocketFactory.getDefault(), PATIENCE);
  }

  private static Properties properties(
      SmtpSettings settings, SSLSocketFactory tls, Duration patience) {
    String millis = Long.toString(patience.toMillis());
    Properties properties = new Properties();
    properties.setProperty("mail.transport.protocol", "smtp");
    properties.setProperty("mail.smtp.host", settings.host());
    properties.setProperty("mail.smtp.port", Integer.toString(settings.port()));
    properties.setProperty("mail.smtp.connectiontimeout", millis);
    properties.setProperty("mail.smtp.timeout", millis);
    properties.setProperty("mail.smtp.writetimeout", millis);
    properties.setProperty("mail.smtp.auth", Boolean.toString(settings.login().isPresent()));
    // Where bounces go, and what a Message-ID ends in instead of the name of this machine.
    properties.setProperty("mail.from", settings.from().getAddress());
    // The server has the mail by then: nothing that it says to a goodbye matters.
    properties.setProperty("mail.smtp.quitwait", "false");
    switch (settings.tls()) {
      case STARTTLS -> {
        properties.setProperty("mail.smtp.starttls.enable", "true");
        properties.setProperty("mail.smtp.starttls.required", "true");
      }
      case TLS -> properties.setProperty("mail.smtp.ssl.enable", "true");
      case NONE -> {}
    }
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.ssl.socketFactory", tls);
    return properties;
  }

  @Override
  public void send(Mail mail) {
    try {
      MimeMessage message = message(mail);
      Transport transport = session.getTransport();
      try {
        transport.connect(user(), password());
        transport.sendMessage(message, message.getAllRecipients());
      } finally {
        hangUp(transport);
      }
    } catch (MessagingException e) {
      throw new UncheckedIOException(
          new IOException(
              "the mail server at %s:%d has not taken the mail: %s"
                  .formatted(settings.host(), settings.port(), reason(e)),
              e));
    }
  }

  private MimeMessage message(Mail mail) throws MessagingException {
    MimeMessage message = new MimeMessage(session);
    message.setFrom(settings.from());
    message.setRecipient(
        Message.RecipientType.TO, new InternetAddress(mail.to().value(), /* strict= */ true));
    message.setSubject(mail.subject(), StandardCharsets.UTF_8.name());
    message.setText(mail.text(), StandardCharsets.UTF_8.name());
    message.setSentDate(Date.from(Instant.now()));
    // Keeps those who are away from answering a machine (RFC 3834, 5).
    message.setHeader("Auto-Submitted", "auto-generated");
    message.saveChanges();
    return message;
  }

  /** The library's words, and what the server has answered. */
  private static String reason(MessagingException failure) {
    return failure.getNextException() instanceof MessagingException answer
        ? failure.getMessage() + ": " + reason(answer)
        : String.valueOf(failure.getMessage()).strip();
  }

  private static void hangUp(Transport transport) {
    try {
      transport.close();
    } catch (MessagingException e) {
      // Whether the server has taken the mail is known by now, and this must not hide it.
      LOG.debug("The mail server was left without a goodbye", e);
    }
  }

  private @Nullable String user() {
    return settings.login().map(SmtpSettings.Login::user).orElse(null);
  }

  private @Nullable String password() {
    return settings.login().map(SmtpSettings.Login::password).orElse(null);
  }
}
