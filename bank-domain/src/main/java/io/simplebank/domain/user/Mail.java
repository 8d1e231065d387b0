package io.simplebank.domain.user;

import java.util.Objects;

/**
 * A letter to a user, in plain text.
 *
 * @param to where it goes
 * @param subject one line without control characters
 * @param text what it says; it may hold a secret
 */
public record Mail(EmailAddress to, String subject, String text) {
  /**
   * @throws IllegalArgumentException when the subject is blank or more than one line
   */
  public Mail {
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(text, "text");
    if (subject.isBlank() || subject.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a subject is one line that is not blank");
    }
  }

  /** Without the text, which may hold a secret. */
  @Override
  public String toString() {
    return "Mail[to=" + to.value() + ", subject=" + subject + "]";
  }
}
