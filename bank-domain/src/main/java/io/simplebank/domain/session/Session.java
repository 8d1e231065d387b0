package io.simplebank.domain.session;

import io.simplebank.domain.user.Username;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a login begins. A client prolongs its access within a session with refresh tokens, each of
 * which brings the next: they come in generations, of which the first is 0.
 *
 * @param id its name, which tells nothing
 * @param username who logged in
 * @param userAgent what the client calls itself; empty when it does not say
 * @param clientAddress where the login came from; empty when that is not known
 * @param createdAt when it began
 * @param expiresAt when it ends at the latest
 * @param generation the latest generation of refresh tokens of which one was used; earlier ones are
 *     dead
 * @param endedAt when it was ended before its time; null while it was not
 */
public record Session(
    UUID id,
    Username username,
    String userAgent,
    String clientAddress,
    Instant createdAt,
    Instant expiresAt,
    int generation,
    @Nullable Instant endedAt) {
  /**
   * @throws IllegalArgumentException when it would end before it begins, or the generation is
   *     negative
   */
  public Session {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(username, "username");
    Objects.requireNonNull(userAgent, "userAgent");
    Objects.requireNonNull(clientAddress, "clientAddress");
    if (!expiresAt.isAfter(createdAt)) {
      throw new IllegalArgumentException("a session ends after it begins");
    }
    if (generation < 0) {
      throw new IllegalArgumentException("the first generation is 0, not " + generation);
    }
  }

  /** A session that begins now, with refresh tokens of the first generation. */
  public static Session begun(
      UUID id,
      Username username,
      String userAgent,
      String clientAddress,
      Instant createdAt,
      Instant expiresAt) {
    return new Session(id, username, userAgent, clientAddress, createdAt, expiresAt, 0, null);
  }

  /** Whether it has neither been ended nor expired. */
  public boolean isLive(Instant now) {
    return endedAt == null && now.isBefore(expiresAt);
  }

  /** This session, ended; one that has been ended before stays as it is. */
  public Session ended(Instant at) {
    return endedAt != null
        ? this
        : new Session(id, username, userAgent, clientAddress, createdAt, expiresAt, generation, at);
  }

  /**
   * What presenting one of its refresh tokens comes to. A token stays good until one of a later
   * generation is first used, so that neither a lost answer nor a client that never changes its
   * token locks anybody out. After that it is dead, and who uses it then holds a copy that they
   * should not have, or the other one does: nobody can tell, so the session ends for both (RFC
   * 9700, 4.14.2). Of siblings, which the same token brought, the first that is used makes the
   * others ones of the generation before: else whoever copied their parent could go on beside its
   * owner.
   *
   * @param tokensGeneration which generation the token is of
   */
  public Renewal renewedWith(int tokensGeneration, Instant now) {
    if (!isLive(now)) {
      return new Renewal.Over();
    }
    if (tokensGeneration < generation) {
      return new Renewal.Reused(ended(now));
    }
    return new Renewal.Renewed(
        new Session(
            id, username, userAgent, clientAddress, createdAt, expiresAt, tokensGeneration, null),
        tokensGeneration + 1);
  }
}
