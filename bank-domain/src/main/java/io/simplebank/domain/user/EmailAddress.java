package io.simplebank.domain.user;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A mail address, without surrounding blanks and in lower case, so that two spellings of one
 * address are equal.
 *
 * @param value the normalised address
 */
public record EmailAddress(String value) {
  /**
   * The longest address that SMTP can carry, in characters (RFC 5321, 4.5.3.1.3, less brackets).
   */
  public static final int MAX_LENGTH = 254;

  /**
   * A local part and a domain, both in printable ASCII: an international domain is written in its
   * ASCII form. Whether mail arrives is for the verification mail to find out, not for a longer
   * expression.
   */
  public static final String PATTERN = "[!-?A-~]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+";

  private static final Pattern SHAPE = Pattern.compile(PATTERN);

  /**
   * @throws IllegalArgumentException when this is no address
   */
  public EmailAddress {
    value = value.strip().toLowerCase(Locale.ROOT);
    if (value.length() > MAX_LENGTH || !SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException("not an e-mail address");
    }
  }
}
