package io.simplebank.bootstrap;

import io.simplebank.domain.port.out.PasswordHasher;
import io.simplebank.domain.user.Password;
import io.simplebank.domain.user.PasswordHash;
import java.security.SecureRandom;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder.BCryptVersion;

/** Passwords by bcrypt, each with a salt of its own. */
final class BcryptPasswordHasher implements PasswordHasher {
  private final BCryptPasswordEncoder encoder;

  /**
   * @param cost the base-2 logarithm of the number of rounds, 4 to 31
   */
  BcryptPasswordHasher(int cost) {
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
