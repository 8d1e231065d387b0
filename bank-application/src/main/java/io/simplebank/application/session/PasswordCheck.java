package io.simplebank.application.session;

import io.simplebank.domain.audit.AuditEvent;
import io.simplebank.domain.audit.AuditEvent.Action;
import io.simplebank.domain.port.out.AttemptRepository;
import io.simplebank.domain.port.out.AuditLog;
import io.simplebank.domain.port.out.PasswordHasher;
import io.simplebank.domain.port.out.Transactions;
import io.simplebank.domain.port.out.UserRepository;
import io.simplebank.domain.session.AttemptKey;
import io.simplebank.domain.session.Attempts;
import io.simplebank.domain.user.Password;
import io.simplebank.domain.user.PasswordHash;
import io.simplebank.domain.user.Secret;
import io.simplebank.domain.user.User;
import io.simplebank.domain.user.Username;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Compares passwords, so often and no oftener. Every place that asks for a password asks here: who
 * guesses must not find a door at which nobody counts.
 */
public final class PasswordCheck {
  private final Transactions transactions;
  private final UserRepository users;
  private final AttemptRepository attempts;
  private final AuditLog audit;
  private final PasswordHasher hasher;
  private final InstantSource clock;
  private final PasswordHash nobodysHash;

  /**
   * A check against those stores.
   *
   * @param random a source that nobody can predict
   */
  public PasswordCheck(
      Transactions transactions,
      UserRepository users,
      AttemptRepository attempts,
      AuditLog audit,
      PasswordHasher hasher,
      InstantSource clock,
      RandomGenerator random) {
    this.transactions = transactions;
    this.users = users;
    this.attempts = attempts;
    this.audit = audit;
    this.hasher = hasher;
    this.clock = clock;
    this.nobodysHash = hasher.hash(new Password(Secret.generate(random).value()));
  }

  /** What a comparison came to. */
  public sealed interface Result {
    /**
     * @param user whose password it is
     */
    record Right(User user) implements Result {}

    /** No user has this name and this password. */
    record Wrong() implements Result {}

    /**
     * Nothing was compared: too many have been wrong of late.
     *
     * @param until until when that stays so
     */
    record Blocked(Instant until) implements Result {}
  }

  /**
   * Compares a password with that of a user, of whom there need not be one.
   *
   * @param clientAddress where the request came from; empty when that is not known
   */
  public Result check(Username username, Password password, String clientAddress) {
    List<AttemptKey> keys = keys(username, clientAddress);
    Optional<Instant> blocked = transactions.inTransaction(() -> count(keys));
    if (blocked.isPresent()) {
      return new Result.Blocked(blocked.get());
    }
    boolean decided = false;
    try {
      Result result = compare(username, password);
      decided = true;
      if (result instanceof Result.Right) {
        amend(keys, Attempts::succeeded);
      } else {
        audit.record(
            AuditEvent.by(
                username, Action.PASSWORD_WRONG, username.value(), clientAddress, clock.instant()));
      }
      return result;
    } finally {
      if (!decided) {
        // Nobody has learnt anything: an overloaded bank must not lock its users out.
        amend(keys, Attempts::takenBack);
      }
    }
  }

  /** Counts one more attempt, unless it has to wait: then, until when. */
  private Optional<Instant> count(List<AttemptKey> keys) {
    List<Attempts> soFar = attempts.lock(keys, clock.instant());
    // Under the locks, for which others may have kept us waiting.
    Instant now = clock.instant();
    Optional<Instant> blocked =
        soFar.stream()
            .flatMap(attempt -> attempt.blockedUntil(now).stream())
            .max(Comparator.naturalOrder());
    if (blocked.isEmpty()) {
      attempts.update(soFar.stream().map(attempt -> attempt.counted(now)).toList());
    }
    return blocked;
  }

  private Result compare(Username username, Password password) {
    Optional<User> user = users.find(username);
    // An unknown user costs a comparison too, or the time taken would tell who has an account.
    boolean matches = hasher.matches(password, user.map(User::passwordHash).orElse(nobodysHash));
    return user.isPresent() && matches ? new Result.Right(user.get()) : new Result.Wrong();
  }

  private void amend(List<AttemptKey> keys, UnaryOperator<Attempts> change) {
    transactions.inTransaction(
        () -> {
          List<Attempts> amended =
              attempts.lock(keys, clock.instant()).stream().map(change).toList();
          attempts.update(amended);
          return amended;
        });
  }

  /** In the order in which they are locked. */
  private static List<AttemptKey> keys(Username username, String clientAddress) {
    List<AttemptKey> keys = new ArrayList<>();
    keys.add(AttemptKey.account(username));
    if (!clientAddress.isEmpty()) {
      keys.add(AttemptKey.address(clientAddress));
    }
    keys.sort(Comparator.naturalOrder());
    return keys;
  }
}
