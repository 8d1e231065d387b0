package io.simplebank.domain.port.out;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.domain.user.EmailAddress;
import io.simplebank.domain.user.Mail;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link MailSender} does. */
public abstract class MailSenderContract {
  private static final EmailAddress ADA = new EmailAddress("ada@example.com");
  private static final EmailAddress BOB = new EmailAddress("bob@example.com");

  /** For the tests of each sender that keeps this contract. */
  protected MailSenderContract() {}

  /** The sender under test. */
  protected abstract MailSender sender();

  /**
   * What has arrived in this test, in any order: lines end in {@code \n}, the last one in nothing.
   */
  protected abstract List<Mail> arrived();

  @Test
  void brings_each_mail_once_and_to_whom_it_is_for() {
    Mail first = new Mail(ADA, "First", "Hello Ada");
    Mail second = new Mail(BOB, "Second", "Hello Bob");

    sender().send(first);
    sender().send(second);

    assertThat(arrived()).containsExactlyInAnyOrder(first, second);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "two\nlines",
        "Grüße, пароль, 山田, 🔑",
        ".\n..\n.a line that begins with a dot\nQUIT",
        "From here on\n\n\nthree lines further",
        "a = b; c =3D d; =?utf-8?q?e?=",
        "Subject: this is no header"
      })
  void says_what_it_was_told_to(String text) {
    Mail mail = new Mail(ADA, "Hello", text);

    sender().send(mail);

    assertThat(arrived()).containsExactly(mail);
  }

  @Test
  void breaks_no_line_however_long() {
    Mail ascii = new Mail(ADA, "Hello", "x".repeat(3000));
    Mail letters = new Mail(ADA, "Hello", "ж".repeat(3000));

    sender().send(ascii);
    sender().send(letters);

    assertThat(arrived()).containsExactlyInAnyOrder(ascii, letters);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Grüße, пароль, 山田, 🔑",
        "Bcc: eve@example.com",
        "a long subject that does not fit into one line of a header, whatever a reader makes of it,"
            + " and is put together again",
        "ein langer Betreff, der nicht in eine Zeile paßt und wieder zusammengesetzt werden muß, auf"
            + " daß alle ihn lesen können"
      })
  void keeps_the_subject(String subject) {
    Mail mail = new Mail(ADA, subject, "Hello");

    sender().send(mail);

    assertThat(arrived()).containsExactly(mail);
  }
}
