package io.simplebank.domain.port.out;

import io.simplebank.domain.user.Password;
import io.simplebank.domain.user.PasswordHash;
import java.util.concurrent.RejectedExecutionException;

/**
 * Turns passwords into what may be kept of them. Slow on purpose: a hasher with more to do than it
 * can throws {@link RejectedExecutionException}, and has done nothing.
 */
public interface PasswordHasher {
  /** A new hash of the password, with a salt of its own. */
  PasswordHash hash(Password password);

  /** Whether the hash is one of that password. */
  boolean matches(Password password, PasswordHash hash);
}
