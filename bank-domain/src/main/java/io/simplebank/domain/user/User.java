package io.simplebank.domain.user;

import java.time.Instant;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A person with access to the bank.
 *
 * @param username what they log in with
 * @param role what they may do
 * @param fullName how they are called, 1 to {@value #MAX_FULL_NAME_LENGTH} characters
 * @param email where mail reaches them
 * @param emailVerified whether they have shown that it does
 * @param passwordHash what is kept of their password
 * @param passwordChangedAt when it was last set
 * @param createdAt when they registered
 */
public record User(
    Username username,
    Role role,
    String fullName,
    EmailAddress email,
    boolean emailVerified,
    PasswordHash passwordHash,
    Instant passwordChangedAt,
    Instant createdAt) {
  /** The longest full name, in characters. */
  public static final int MAX_FULL_NAME_LENGTH = 100;

  /**
   * What a full name looks like, as a regular expression: not blank, and without control characters
   * and halves of surrogate pairs, which have no place in a name, nor in a PostgreSQL text.
   */
  public static final String FULL_NAME_PATTERN =
      "(?U)(?=.*\\S)[^\\p{Cc}\\p{Cs}]{1," + MAX_FULL_NAME_LENGTH + "}";

  private static final Pattern FULL_NAME_SHAPE = Pattern.compile(FULL_NAME_PATTERN);

  /**
   * @throws IllegalArgumentException when the full name is blank, too long or holds a control
   *     character
   */
  public User {
    Objects.requireNonNull(username, "username");
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(email, "email");
    Objects.requireNonNull(passwordHash, "passwordHash");
    Objects.requireNonNull(passwordChangedAt, "passwordChangedAt");
    Objects.requireNonNull(createdAt, "createdAt");
    if (!FULL_NAME_SHAPE.matcher(fullName).matches()) {
      throw new IllegalArgumentException(
          "a full name has 1 to " + MAX_FULL_NAME_LENGTH + " characters and no control characters");
    }
  }

  /** A user as of their registration: nothing proven yet. */
  public static User registered(
      Username username,
      Role role,
      String fullName,
      EmailAddress email,
      PasswordHash passwordHash,
      Instant at) {
    return new User(username, role, fullName, email, false, passwordHash, at, at);
  }

  /** This user under another name of theirs, their full one. */
  public User renamed(String newFullName) {
    return new User(
        username,
        role,
        newFullName,
        email,
        emailVerified,
        passwordHash,
        passwordChangedAt,
        createdAt);
  }

  /** This user at another address, of which nothing is proven yet; the same one stays proven. */
  public User movedTo(EmailAddress newEmail) {
    boolean verified = emailVerified && newEmail.equals(email);
    return new User(
        username, role, fullName, newEmail, verified, passwordHash, passwordChangedAt, createdAt);
  }

  /** This user once they have shown that mail reaches them. */
  public User verified() {
    return new User(
        username, role, fullName, email, true, passwordHash, passwordChangedAt, createdAt);
  }

  /** This user with another password. */
  public User withPassword(PasswordHash newHash, Instant at) {
    return new User(username, role, fullName, email, emailVerified, newHash, at, createdAt);
  }

  /** This user in another role. */
  public User as(Role newRole) {
    return new User(
        username,
        newRole,
        fullName,
        email,
        emailVerified,
        passwordHash,
        passwordChangedAt,
        createdAt);
  }

  /** This user as the one who asks. */
  public Caller asCaller() {
    return new Caller(username, role);
  }
}
