package io.simplebank.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.simplebank.adapter.persistence.TestDatabase;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a registration to a verified address, by the mail that a real SMTP server has taken. */
class VerificationMailTest {
  private static final long PATIENCE_MILLIS = 60_000;
  private static final Pattern LINK =
      Pattern.compile("https?://\\S+(/users/verify_email\\?email_id=\\d+&secret_code=\\S+)");

  private final GreenMail mailServer =
      new GreenMail(new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_SMTP));

  @Test
  void verifies_an_address_by_the_link_in_the_mail() throws Exception {
    mailServer.start();
    String[] settings = settings(mailServer.getSmtp().getPort());
    try (Bank bank = ServerBank.startOn(TestDatabase.createDatabase(), settings)) {
      Client alice = Client.registered(bank.address(), "alice");
      assertThat(isVerified(alice)).isFalse();

      String link = link(mails(1).getFirst());
      String wrong = link.replaceFirst("secret_code=....", "secret_code=AAAA");
      Client anybody = Client.nobody(bank.address());
      anybody.get(wrong).expect(422, "verification_refused");
      assertThat(isVerified(alice)).isFalse();

      anybody.get(link).expect(200);

      assertThat(isVerified(alice)).isTrue();
      anybody.get(link.replace("/users/", "/v1/")).expect(200);
      alice.post("/users/me/verification_mail", "").expect(409, "email_already_verified");
    } finally {
      mailServer.stop();
    }
  }

  @Test
  void verifies_a_new_address_anew_and_not_by_an_old_mail() throws Exception {
    mailServer.start();
    String[] settings = settings(mailServer.getSmtp().getPort());
    try (Bank bank = ServerBank.startOn(TestDatabase.createDatabase(), settings)) {
      Client alice = Client.registered(bank.address(), "alice");
      String old = link(mails(1).getFirst());
      alice.post("/users/me/verification_mail", "").expect(429, "mail_too_soon");

      String moved = "moved-" + alice.username() + "@example.com";
      alice.patch("/users/me", "{\"email\": \"" + moved + "\"}").expect(200);

      MimeMessage second = mails(2).getLast();
      assertThat(second.getAllRecipients()[0]).hasToString(moved);
      Client.nobody(bank.address()).get(old).expect(422, "verification_refused");
      Client.nobody(bank.address()).get(link(second)).expect(200);
      assertThat(isVerified(alice)).isTrue();
    } finally {
      mailServer.stop();
    }
  }

  @Test
  void sends_the_mail_after_a_kill_and_once_there_is_a_mail_server(@TempDir Path directory)
      throws Exception {
    // A port that was free a moment ago, at which nobody takes mail.
    mailServer.start();
    int port = mailServer.getSmtp().getPort();
    mailServer.stop();
    Map<String, String> settings =
        Map.of(
            "BANK_SMTP_HOST", "localhost",
            "BANK_SMTP_PORT", Integer.toString(port),
            "BANK_SMTP_TLS", "none",
            "BANK_SMTP_FROM", "bank@example.com");
    Client alice;
    try (BankProcess process = BankProcess.start(directory, settings)) {
      alice = Client.registered(process.address(), "alice");
      process.kill();
    }

    GreenMail later = new GreenMail(new ServerSetup(port, "localhost", ServerSetup.PROTOCOL_SMTP));
    later.start();
    try (BankProcess restarted = BankProcess.start(directory, settings)) {
      assertThat(later.waitForIncomingEmail(PATIENCE_MILLIS, 1)).isTrue();
      URI bank = restarted.address();
      Client.nobody(bank).get(link(later.getReceivedMessages()[0])).expect(200);
      assertThat(isVerified(alice.at(bank))).isTrue();
    } finally {
      later.stop();
    }
  }

  private List<MimeMessage> mails(int count) {
    assertThat(mailServer.waitForIncomingEmail(PATIENCE_MILLIS, count)).isTrue();
    return Arrays.asList(mailServer.getReceivedMessages());
  }

  private static String link(MimeMessage mail) throws MessagingException, IOException {
    Matcher link = LINK.matcher(String.valueOf(mail.getContent()));
    assertThat(link.find()).as(String.valueOf(mail.getContent())).isTrue();
    return link.group(1);
  }

  private static boolean isVerified(Client client) {
    return client
        .get("/users/me")
        .expect(200)
        .find("is_email_verified")
        .orElseThrow()
        .getBooleanValue();
  }

  private static String[] settings(int port) {
    return new String[] {
      "--bank.smtp.host=localhost",
      "--bank.smtp.port=" + port,
      "--bank.smtp.tls=none",
      "--bank.smtp.from=bank@example.com"
    };
  }
}
