package io.simplebank.domain.audit;

import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.Username;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody may want to look up one day: who did what, when and from where.
 *
 * @param at when
 * @param actor who, or who they said they were where that was to be proven; null for the bank
 *     itself
 * @param action what
 * @param subject to which user, session, account or transfer
 * @param detail more about it, such as the old and the new role; may be empty
 * @param clientAddress from where; empty when that is not known
 * @param session in which session; null outside any
 */
public record AuditEvent(
    Instant at,
    @Nullable Username actor,
    Action action,
    String subject,
    String detail,
    String clientAddress,
    @Nullable UUID session) {

  /** What can be looked up. */
  public enum Action {
    /** Somebody registered. */
    REGISTERED,
    /** A login succeeded. */
    LOGGED_IN,
    /** A login failed, or a password was asked for again and was wrong. */
    PASSWORD_WRONG,
    /** A user ended a session. */
    LOGGED_OUT,
    /** A refresh token was used that was dead already, and its session ended. */
    REFRESH_TOKEN_REUSED,
    /** A user changed their password, and all their other sessions ended. */
    PASSWORD_CHANGED,
    /** A user changed their address. */
    EMAIL_CHANGED,
    /** A user showed that mail reaches them. */
    EMAIL_VERIFIED,
    /** A banker changed somebody's role, and all sessions of that user ended. */
    ROLE_CHANGED,
    /** A banker took a deposit. */
    DEPOSITED,
    /** A banker paid out a withdrawal. */
    WITHDRAWN,
    /** A banker gave a transfer back, in part or as a whole. */
    REVERSED,
    /** A banker froze an account. */
    ACCOUNT_FROZEN,
    /** A banker unfroze an account. */
    ACCOUNT_UNFROZEN,
    /** An owner closed their account, or a banker somebody's. */
    ACCOUNT_CLOSED,
    /** A banker set the limits of an account. */
    LIMITS_CHANGED,
    /** A banker settled somebody's pending transfer, in part or as a whole. */
    PENDING_POSTED,
    /** A banker released what was set aside for somebody's pending transfer. */
    PENDING_VOIDED;

    /** The action's name in the store, in lower case. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Needs all but the actor and the session. */
  public AuditEvent {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(action, "action");
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(detail, "detail");
    Objects.requireNonNull(clientAddress, "clientAddress");
  }

  /** Something that a known caller did. */
  public static AuditEvent by(
      Caller caller, Action action, String subject, String detail, Instant at) {
    return new AuditEvent(
        at, caller.username(), action, subject, detail, caller.address(), caller.session());
  }

  /** Something that a user did, or somebody in their name, outside any session. */
  public static AuditEvent by(
      Username actor, Action action, String subject, String clientAddress, Instant at) {
    return new AuditEvent(at, actor, action, subject, "", clientAddress, null);
  }
}
