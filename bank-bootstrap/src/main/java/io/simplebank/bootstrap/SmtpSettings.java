package io.simplebank.bootstrap;

import io.simplebank.domain.user.EmailAddress;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where mail goes and whom it comes from.
 *
 * @param host the mail server
 * @param port its port
 * @param login how the bank shows who it is, where the server asks
 * @param from the sender that people see, with a name or without
 * @param tls whether the way there is secret
 */
record SmtpSettings(String host, int port, Optional<Login> login, InternetAddress from, Tls tls) {
  private static final int MAX_PORT = 65_535;

  /**
   * A user of the mail server.
   *
   * @param user who
   * @param password how they prove it
   */
  record Login(String user, String password) {
    /** Without the password. */
    @Override
    public String toString() {
      return "Login[" + user + "]";
    }
  }

  /** Whether the connection is encrypted, and from when on. */
  enum Tls {
    /** Begins in the clear and is encrypted before anything is said, or broken off (RFC 3207). */
    STARTTLS,
    /** Encrypted from its first byte (RFC 8314, 3.3). */
    TLS,
    /** Never: for a relay on the same machine. */
    NONE
  }

  /**
   * What is configured; empty without a host.
   *
   * @param setting the value of a property, if it has one
   * @throws StartupException when the settings cannot be used
   */
  static Optional<SmtpSettings> configured(Function<String, Optional<String>> setting) {
    return setting
        .apply("bank.smtp.host")
        .map(
            host ->
                new SmtpSettings(
                    host,
                    port(setting.apply("bank.smtp.port").orElse("")),
                    login(setting.apply("bank.smtp.user"), setting.apply("bank.smtp.password")),
                    from(setting.apply("bank.smtp.from").orElse("")),
                    tls(setting.apply("bank.smtp.tls").orElse(""))));
  }

  private static int port(String text) {
    if (text.matches("[0-9]{1,5}")) {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= MAX_PORT) {
        return port;
      }
    }
    throw new StartupException("BANK_SMTP_PORT must be 1 to " + MAX_PORT + ", not " + text);
  }

  private static Optional<Login> login(Optional<String> user, Optional<String> password) {
    if (user.isPresent() != password.isPresent()) {
      throw new StartupException(
          "BANK_SMTP_USER and BANK_SMTP_PASSWORD belong together: set both or none.");
    }
    return user.map(name -> new Login(name, password.orElseThrow()));
  }

  private static InternetAddress from(String text) {
    try {
      InternetAddress address = new InternetAddress(text, true);
      return new InternetAddress(
          new EmailAddress(address.getAddress()).value(),
          address.getPersonal(),
          StandardCharsets.UTF_8.name());
    } catch (AddressException | IllegalArgumentException | UnsupportedEncodingException e) {
      throw new StartupException(
          "BANK_SMTP_FROM is needed with BANK_SMTP_HOST: an address such as bank@example.com or"
              + " Simple Bank <bank@example.com>, not "
              + (text.isEmpty() ? "nothing" : text),
          e);
    }
  }

  private static Tls tls(String text) {
    return Arrays.stream(Tls.values())
        .filter(tls -> tls.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(
            () -> new StartupException("BANK_SMTP_TLS must be starttls, tls or none, not " + text));
  }
}
