package io.simplebank.bootstrap;

import io.simplebank.domain.port.out.PasswordHasher;
import io.simplebank.domain.user.Password;
import io.simplebank.domain.user.PasswordHash;
import java.security.SecureRandom;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder.BCryptVersion;

/** Passwords by bcrypt, each with a salt of its own. */
final class BcryptPasswordHasher implements PasswordHasher {
  private static final int MIN_COST = 4;
  private static final int MAX_COST = 31;

  private final BCryptPasswordEncoder encoder;

  /**
   * @param cost the base-2 logarithm of the number of rounds, 4 to 31
   * @throws StartupException when bcrypt knows no such cost
   */
  BcryptPasswordHasher(int cost) {
    if (cost < MIN_COST || cost > MAX_COST) {
      throw new StartupException(
          "BANK_PASSWORD_HASH_COST must be " + MIN_COST + " to " + MAX_COST + ", not " + cost);
    }
    this.encoder = new BCryptPasswordEncoder(BCryptVersion.$2B, cost, new SecureRandom());
  }

  @Override
  public PasswordHash hash(Password password) {
    String hash = encoder.encode(password.value());
    if (hash == null) {
      throw new IllegalStateException("bcrypt has made no hash");
    }
    return new PasswordHash(hash);
  }

  @Override
  public boolean matches(Password password, PasswordHash hash) {
    return encoder.matches(password.value(), hash.value());
  }
}
