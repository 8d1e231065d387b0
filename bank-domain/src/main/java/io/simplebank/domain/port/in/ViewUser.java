package io.simplebank.domain.port.in;

import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.User;

/** A user looks at what the bank knows of them. */
public interface ViewUser {
  /**
   * The caller as they are now.
   *
   * @throws IllegalStateException when there is no such user: users are never removed
   */
  User view(Caller caller);
}
