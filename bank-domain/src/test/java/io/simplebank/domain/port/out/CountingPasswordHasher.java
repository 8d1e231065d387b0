package io.simplebank.domain.port.out;

import io.simplebank.domain.user.Password;
import io.simplebank.domain.user.PasswordHash;
import io.simplebank.domain.user.Secret;
import java.util.concurrent.atomic.AtomicInteger;

/** A password hasher that is quick, hence good for tests only, and counts what it is asked. */
public final class CountingPasswordHasher implements PasswordHasher {
  private final AtomicInteger hashings = new AtomicInteger();
  private final AtomicInteger comparisons = new AtomicInteger();

  /** One that has counted nothing yet. */
  public CountingPasswordHasher() {}

  @Override
  public PasswordHash hash(Password password) {
    return salted(Integer.toString(hashings.incrementAndGet()), password);
  }

  @Override
  public boolean matches(Password password, PasswordHash hash) {
    comparisons.incrementAndGet();
    String salt = hash.value().substring(0, hash.value().indexOf('$'));
    return salted(salt, password).equals(hash);
  }

  /** How many passwords it has hashed. */
  public int hashings() {
    return hashings.get();
  }

  /** How many comparisons it has made. */
  public int comparisons() {
    return comparisons.get();
  }

  private static PasswordHash salted(String salt, Password password) {
    return new PasswordHash(salt + "$" + new Secret(salt + "$" + password.value()).hash().hex());
  }
}
