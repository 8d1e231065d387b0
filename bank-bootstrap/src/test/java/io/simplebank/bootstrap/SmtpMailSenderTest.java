package io.simplebank.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.simplebank.domain.port.out.MailSender;
import io.simplebank.domain.port.out.MailSenderContract;
import io.simplebank.domain.user.EmailAddress;
import io.simplebank.domain.user.Mail;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocketFactory;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mail that goes out over SMTP: to GreenMail, and to servers that do not do as one would wish. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SmtpMailSenderTest extends MailSenderContract {
  private static final Mail MAIL =
      new Mail(new EmailAddress("ada@example.com"), "Your code", "It is 123456");

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final GreenMail greenMail =
      new GreenMail(new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_SMTP));
  private SSLContext shown;
  private SSLSocketFactory trusted;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    TestCertificate certificate = TestCertificate.in(directory);
    shown = certificate.shown();
    trusted = certificate.trusted();
    greenMail.setUser("bank@example.com", "bank", "let me in");
    greenMail.start();
  }

  @AfterEach
  void empty_the_mailboxes() throws Exception {
    greenMail.purgeEmailFromAllMailboxes();
  }

  @AfterAll
  void stop() {
    greenMail.stop();
  }

  @Override
  protected MailSender sender() {
    return sender(greenMail.getSmtp().getPort(), Map.of());
  }

  @Override
  protected List<Mail> arrived() {
    return received().stream().map(SmtpMailSenderTest::mail).toList();
  }

  @Test
  void is_a_mail_from_the_bank_like_any_other() throws Exception {
    Instant before = Instant.now();
    sender(greenMail.getSmtp().getPort(), Map.of("from", "Dïe Bank <Bank@Example.com>")).send(MAIL);

    MimeMessage message = received().getFirst();
    InternetAddress from = (InternetAddress) message.getFrom()[0];
    assertThat(from.getAddress()).isEqualTo("bank@example.com");
    assertThat(from.getPersonal()).isEqualTo("Dïe Bank");
    assertThat(message.getHeader("From", null)).matches("\\p{ASCII}*");
    assertThat(message.getHeader("Return-Path", null)).contains("bank@example.com");
    assertThat(message.getMessageID()).matches("<[^@ ]+@example\\.com>");
    assertThat(message.getHeader("Auto-Submitted", null)).isEqualTo("auto-generated");
    assertThat(message.getContentType()).startsWith("text/plain").containsIgnoringCase("UTF-8");
    assertThat(message.getSentDate().toInstant())
        // The header counts in seconds.
        .isBetween(before.truncatedTo(ChronoUnit.SECONDS), Instant.now());
  }

  @Test
  void gives_each_mail_an_id_of_its_own() throws Exception {
    sender().send(MAIL);
    sender().send(MAIL);

    List<MimeMessage> messages = received();
    assertThat(messages).hasSize(2);
    assertThat(messages.getFirst().getMessageID()).isNotEqualTo(messages.getLast().getMessageID());
  }

  @Test
  void shows_who_the_bank_is() {
    int port = greenMail.getSmtp().getPort();
    sender(port, Map.of("user", "bank", "password", "let me in")).send(MAIL);
    assertThat(arrived()).containsExactly(MAIL);

    assertNotTaken(() -> sender(port, Map.of("user", "bank", "password", "let me by")).send(MAIL));
    assertThat(arrived()).containsExactly(MAIL);
  }

  @Test
  void says_so_when_the_server_asks_who_the_bank_is() throws Exception {
    try (ScriptedMailServer server = ScriptedMailServer.plain(Map.of("MAIL", "530 who are you?"))) {
      assertNotTaken(() -> sender(server.port(), Map.of()).send(MAIL))
          .hasMessageContaining("who are you?");
    }
  }

  @Test
  void says_nothing_in_the_clear_where_encryption_begins_later() throws Exception {
    try (ScriptedMailServer server = ScriptedMailServer.startTls(shown)) {
      sender(server.port(), Map.of("tls", "starttls")).send(MAIL);

      assertThat(server.heard().get(0)).startsWith("EHLO");
      assertThat(server.heard().get(1)).isEqualTo("STARTTLS");
      assertThat(server.heard().subList(2, server.heard().size()))
          .allMatch(line -> line.startsWith("encrypted "))
          .anyMatch(line -> line.contains("It is 123456"));
    }
  }

  @Test
  void says_nothing_in_the_clear_where_encryption_begins_at_once() throws Exception {
    try (ScriptedMailServer server = ScriptedMailServer.tls(shown)) {
      sender(server.port(), Map.of("tls", "tls")).send(MAIL);

      assertThat(server.heard())
          .allMatch(line -> line.startsWith("encrypted "))
          .anyMatch(line -> line.contains("It is 123456"));
    }
  }

  @Test
  void does_without_a_server_that_does_not_encrypt() throws Exception {
    try (ScriptedMailServer server = ScriptedMailServer.plain(Map.of())) {
      assertNotTaken(() -> sender(server.port(), Map.of("tls", "starttls")).send(MAIL))
          .hasMessageContaining("STARTTLS");
      assertThat(server.heard()).noneMatch(line -> line.startsWith("MAIL"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"starttls", "tls"})
  void does_without_a_server_whose_certificate_nobody_vouches_for(String tls) throws Exception {
    try (ScriptedMailServer server = encrypting(tls)) {
      SmtpSettings settings = settings(server.port(), Map.of("tls", tls));
      assertNotTaken(() -> SmtpMailSender.to(settings).send(MAIL))
          .hasRootCauseMessage("unable to find valid certification path to requested target");
      assertThat(server.heard()).noneMatch(line -> line.contains("MAIL"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"starttls", "tls"})
  void does_without_a_server_whose_certificate_is_for_another(String tls) throws Exception {
    try (ScriptedMailServer server = encrypting(tls)) {
      assertNotTaken(
              () -> sender(server.port(), Map.of("tls", tls, "host", "127.0.0.1")).send(MAIL))
          .hasStackTraceContaining(SSLHandshakeException.class.getName())
          .hasStackTraceContaining("127.0.0.1");
      assertThat(server.heard()).noneMatch(line -> line.contains("MAIL"));
    }
  }

  @Test
  void says_so_when_no_server_is_there() throws Exception {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
    }
    assertNotTaken(() -> sender(port, Map.of()).send(MAIL))
        .hasMessageContaining("localhost:" + port);
  }

  @Test
  void says_so_when_the_recipient_is_refused() throws Exception {
    try (ScriptedMailServer server =
        ScriptedMailServer.plain(Map.of("RCPT", "550 no such mailbox here"))) {
      assertNotTaken(() -> sender(server.port(), Map.of()).send(MAIL))
          .hasMessageContaining("no such mailbox here");
      assertThat(server.heard()).noneMatch(line -> line.startsWith("DATA"));
    }
  }

  @Test
  void says_so_when_the_mail_itself_is_refused() throws Exception {
    try (ScriptedMailServer server =
        ScriptedMailServer.plain(Map.of("content", "452 the disk is full"))) {
      assertNotTaken(() -> sender(server.port(), Map.of()).send(MAIL))
          .hasMessageContaining("the disk is full");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"connection", "EHLO", "RCPT", "content"})
  void does_not_wait_for_ever(String command) throws Exception {
    try (ScriptedMailServer server =
        ScriptedMailServer.plain(Map.of(command, ScriptedMailServer.SILENCE))) {
      SmtpSettings settings = settings(server.port(), Map.of());
      assertNotTaken(() -> new SmtpMailSender(settings, trusted, Duration.ofMillis(200)).send(MAIL))
          .hasStackTraceContaining("timed out");
    }
  }

  @Test
  void has_sent_what_was_taken_whatever_becomes_of_the_goodbye() throws Exception {
    try (ScriptedMailServer server =
        ScriptedMailServer.plain(Map.of("QUIT", ScriptedMailServer.SILENCE))) {
      sender(server.port(), Map.of()).send(MAIL);

      assertThat(server.heard()).anyMatch(line -> line.contains("It is 123456"));
    }
  }

  private ScriptedMailServer encrypting(String tls) throws IOException {
    return tls.equals("tls") ? ScriptedMailServer.tls(shown) : ScriptedMailServer.startTls(shown);
  }

  private List<MimeMessage> received() {
    return List.of(greenMail.getReceivedMessages());
  }

  private static Mail mail(MimeMessage message) {
    try {
      InternetAddress to = (InternetAddress) message.getAllRecipients()[0];
      String text = ((String) message.getContent()).replace("\r\n", "\n");
      return new Mail(
          new EmailAddress(to.getAddress()), message.getSubject(), text.replaceFirst("\n$", ""));
    } catch (MessagingException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private MailSender sender(int port, Map<String, String> settings) {
    return new SmtpMailSender(settings(port, settings), trusted, PATIENCE);
  }

  /** Settings for a server on this machine that does not encrypt, unless they say otherwise. */
  private static SmtpSettings settings(int port, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("host", "localhost");
    settings.put("port", Integer.toString(port));
    settings.put("from", "bank@example.com");
    settings.put("tls", "none");
    settings.putAll(more);
    return SmtpSettings.configured(
            key -> Optional.ofNullable(settings.get(key.replace("bank.smtp.", ""))))
        .orElseThrow();
  }

  private static AbstractThrowableAssert<?, ?> assertNotTaken(ThrowingCallable sending) {
    return assertThatThrownBy(sending)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("has not taken the mail")
        .hasMessageNotContaining("123456")
        .hasMessageNotContaining("let me");
  }
}
