package io.simplebank.domain.user;

import java.util.Objects;

/**
 * Who asks: the user behind a request, as proven by whoever lets the request in.
 *
 * @param username who
 * @param role what they may ask for
 */
public record Caller(Username username, Role role) {
  /** Needs both. */
  public Caller {
    Objects.requireNonNull(username, "username");
    Objects.requireNonNull(role, "role");
  }

  /** Whether this is a member of the bank's staff. */
  public boolean isBanker() {
    return role == Role.BANKER;
  }
}
