package io.simplebank.domain.port.out;

import io.simplebank.domain.session.AttemptKey;
import io.simplebank.domain.session.Attempts;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** The store of failed logins, which all servers share. */
public interface AttemptRepository {
  /**
   * The attempts counted by those keys, which nobody else can change until the transaction ends. A
   * key of which nothing is known gets {@link Attempts#none} of that time; two callers that ask for
   * it at once still come one after the other.
   *
   * @return one for each of the keys, in their order
   */
  List<Attempts> lock(Collection<AttemptKey> keys, Instant now);

  /** Keeps what locked attempts have become. */
  void update(Collection<Attempts> attempts);

  /**
   * Removes all whose latest failure was before that time.
   *
   * @return how many
   */
  int removeOlderThan(Instant time);
}
