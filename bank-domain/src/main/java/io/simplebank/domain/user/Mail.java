package io.simplebank.domain.user;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A mail from the bank to one person.
 *
 * @param to whom it is for
 * @param subject what it is about, in one line
 * @param text what it says, as plain text; it may hold a secret, so it never prints itself
 */
public record Mail(EmailAddress to, String subject, String text) {
  /** Neither control characters nor the separators of lines and paragraphs that Unicode knows. */
  private static final Pattern ONE_LINE = Pattern.compile("[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]+");

  /**
   * @throws IllegalArgumentException when subject or text is blank, or the subject is more than one
   *     line: what follows would be read as another header of the mail
   */
  public Mail {
    Objects.requireNonNull(to, "to");
    if (subject.isBlank() || !ONE_LINE.matcher(subject).matches()) {
      throw new IllegalArgumentException(
          "the subject of a mail is one line without control characters");
    }
    if (text.isBlank()) {
      throw new IllegalArgumentException("the text of a mail is not blank");
    }
  }

  /** Without the text. */
  @Override
  public String toString() {
    return "Mail[to=" + to.value() + ", subject=" + subject + ", text hidden]";
  }
}
