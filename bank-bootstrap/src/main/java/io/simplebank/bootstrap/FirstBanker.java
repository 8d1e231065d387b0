package io.simplebank.bootstrap;

import io.simplebank.application.user.RegistrationService;
import io.simplebank.domain.port.in.RegisterUser;
import io.simplebank.domain.user.EmailAddress;
import io.simplebank.domain.user.Password;
import io.simplebank.domain.user.Username;
import java.util.Optional;

/**
 * The banker who is there from the first start on: somebody has to take the first deposit.
 *
 * @param username empty where nobody asked for a banker
 * @param password how they log in
 * @param passwordMadeUp whether the password has to be told to somebody
 */
record FirstBanker(String username, String password, boolean passwordMadeUp) {
  private static final String DEFAULT_USERNAME = "banker";

  /**
   * Who it is to be.
   *
   * @param embedded whether a banker may be made up, because the bank is being tried out
   * @throws StartupException when only one of name and password is given
   */
  static FirstBanker configured(
      Optional<String> username, Optional<String> password, boolean embedded) {
    if (username.isPresent() != password.isPresent()) {
      throw new StartupException(
          "BANK_ADMIN_USERNAME and BANK_ADMIN_PASSWORD belong together: set both or none.");
    }
    if (username.isPresent()) {
      return new FirstBanker(username.get(), password.orElseThrow(), false);
    }
    return embedded
        ? new FirstBanker(DEFAULT_USERNAME, Secrets.generate(), true)
        : new FirstBanker("", "", false);
  }

  /**
   * Makes the banker unless there is a user of that name already.
   *
   * @return whether the banker was made now
   */
  boolean register(RegistrationService registration) {
    if (username.isEmpty()) {
      return false;
    }
    return registration.ensureBanker(command());
  }

  private RegisterUser.Command command() {
    try {
      // RFC 2606 keeps .invalid free: no mail will ever go to a stranger.
      return new RegisterUser.Command(
          new Username(username),
          new Password(password),
          "The first banker",
          new EmailAddress(username + "@bank.invalid"),
          "");
    } catch (IllegalArgumentException e) {
      throw new StartupException(
          "BANK_ADMIN_USERNAME or BANK_ADMIN_PASSWORD cannot be used: " + e.getMessage(), e);
    }
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "FirstBanker[" + username + "]";
  }
}
