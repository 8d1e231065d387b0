package io.simplebank.domain.port.out;

import io.simplebank.domain.user.User;
import io.simplebank.domain.user.Username;
import java.util.List;
import java.util.Optional;

/** The store of users. */
public interface UserRepository {
  /** Adds a user, unless the name or the address is taken; then nothing changes. */
  Insertion insert(User user);

  /** The user of that name, as last committed. */
  Optional<User> find(Username username);

  /** The user of that name, whom nobody else can change until the transaction ends. */
  Optional<User> lock(Username username);

  /**
   * Keeps what a locked user has become, unless the address is taken; then nothing changes.
   *
   * @return whether it was kept
   */
  boolean update(User user);

  /**
   * All users by name.
   *
   * @param offset how many to pass over
   * @param limit how many to return at most
   */
  List<User> list(long offset, int limit);

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
