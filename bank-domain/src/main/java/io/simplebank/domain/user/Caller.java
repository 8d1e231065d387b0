package io.simplebank.domain.user;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, and from where: the user behind a request, as proven by whoever lets the request in.
 *
 * @param username who
 * @param role what they may ask for
 * @param session the session in which they ask; null where there are no sessions
 * @param address the network address they ask from; empty when that is not known
 * @param requestId the name of the request, by which it is found in logs; empty when it has none
 */
public record Caller(
    Username username, Role role, @Nullable UUID session, String address, String requestId) {
  /** Needs all but the session. */
  public Caller {
    Objects.requireNonNull(username, "username");
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(requestId, "requestId");
  }

  /** A user whose request has no name. */
  public Caller(Username username, Role role, @Nullable UUID session, String address) {
    this(username, role, session, address, "");
  }

  /** A user who asks without a session, from nobody knows where: another part of a program. */
  public Caller(Username username, Role role) {
    this(username, role, null, "");
  }

  /** Whether this is a member of the bank's staff. */
  public boolean isBanker() {
    return role == Role.BANKER;
  }
}
