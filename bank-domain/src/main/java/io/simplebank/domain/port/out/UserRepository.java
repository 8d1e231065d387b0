package io.simplebank.domain.port.out;

import io.simplebank.domain.user.User;
import io.simplebank.domain.user.Username;
import java.util.Optional;

/** The store of users. */
public interface UserRepository {
  /** Adds a user, unless the name or the address is taken; then nothing changes. */
  Insertion insert(User user);

  /** The user of that name. */
  Optional<User> find(Username username);

  /** How an insertion went. Where both are taken, the name is reported. */
  enum Insertion {
    /** The user is kept. */
    INSERTED,
    /** Another user has the name. */
    USERNAME_TAKEN,
    /** Another user has the address. */
    EMAIL_TAKEN
  }
}
