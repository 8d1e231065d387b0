package io.simplebank.application.session;

import static io.simplebank.application.world.SignInWorld.ADDRESS;
import static io.simplebank.application.world.SignInWorld.passwordOf;
import static io.simplebank.domain.session.Attempts.FIRST_DELAY;
import static io.simplebank.domain.session.Attempts.FREE_PER_ACCOUNT;
import static io.simplebank.domain.session.Attempts.FREE_PER_ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.simplebank.application.session.PasswordCheck.Result;
import io.simplebank.application.world.SignInWorld;
import io.simplebank.domain.audit.AuditEvent;
import io.simplebank.domain.audit.AuditEvent.Action;
import io.simplebank.domain.port.out.AuditLog;
import io.simplebank.domain.port.out.PasswordHasher;
import io.simplebank.domain.session.AttemptKey;
import io.simplebank.domain.user.Password;
import io.simplebank.domain.user.PasswordHash;
import io.simplebank.domain.user.Username;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PasswordCheckTest {
  private static final Username ADA = new Username("ada");
  private static final Password WRONG = new Password("wrong password");

  private final SignInWorld world = new SignInWorld();

  @BeforeEach
  void registerAda() {
    world.registered("ada");
  }

  @Test
  void tells_right_from_wrong() {
    assertThat(right("ada")).isEqualTo(new Result.Right(world.user("ada")));
    assertThat(wrong("ada")).isEqualTo(new Result.Wrong());
    assertThat(wrong("nobody")).isEqualTo(new Result.Wrong());
  }

  @Test
  void counts_an_attempt_before_it_compares() {
    List<Integer> whileComparing = new ArrayList<>();
    PasswordCheck check =
        checkWith(
            () -> {
              whileComparing.add(failuresOfAccount("ada"));
              whileComparing.add(failuresOfAddress(ADDRESS));
            },
            world.stores.audit());

    assertThat(check.check(ADA, passwordOf("ada"), ADDRESS)).isInstanceOf(Result.Right.class);

    assertThat(whileComparing).containsExactly(1, 1);
    assertThat(failuresOfAccount("ada")).isZero();
    assertThat(failuresOfAddress(ADDRESS)).isZero();
  }

  @Test
  void takes_an_attempt_back_of_which_nobody_has_learnt_anything() {
    wrong("ada");
    List<AuditEvent> before = world.stores.audited("ada");
    PasswordCheck overloaded =
        checkWith(
            () -> {
              throw new IllegalStateException("too many to hash");
            },
            world.stores.audit());

    for (int i = 0; i < 2 * FREE_PER_ACCOUNT; i++) {
      assertThatIllegalStateException()
          .isThrownBy(() -> overloaded.check(ADA, WRONG, ADDRESS))
          .withMessage("too many to hash");
    }

    assertThat(failuresOfAccount("ada")).isEqualTo(1);
    assertThat(failuresOfAddress(ADDRESS)).isEqualTo(1);
    assertThat(world.stores.audited("ada")).isEqualTo(before);
  }

  @Test
  void keeps_an_attempt_counted_that_could_not_be_written_down() {
    PasswordCheck check =
        checkWith(
            () -> {},
            events -> {
              throw new IllegalStateException("the audit log is full");
            });

    assertThatIllegalStateException().isThrownBy(() -> check.check(ADA, WRONG, ADDRESS));

    assertThat(failuresOfAccount("ada")).as("the password was compared").isEqualTo(1);
  }

  @Test
  void makes_up_for_all_failures_at_the_account_but_for_one_only_from_the_address() {
    world.registered("bob");
    wrong("ada");
    wrong("ada");
    wrong("bob");

    right("ada");

    assertThat(failuresOfAccount("ada")).isZero();
    assertThat(failuresOfAccount("bob")).isEqualTo(1);
    assertThat(failuresOfAddress(ADDRESS)).isEqualTo(3);
  }

  @Test
  void is_not_fooled_by_somebody_with_a_password_of_their_own() {
    world.registered("eve");
    int compared = 0;
    for (int i = 0; i < FREE_PER_ADDRESS; i++) {
      assertThat(right("eve")).isInstanceOf(Result.Right.class);
      assertThat(wrong("victim" + i)).isEqualTo(new Result.Wrong());
      compared++;
    }

    assertThat(compared).isEqualTo(FREE_PER_ADDRESS);
    assertThat(right("eve")).isInstanceOf(Result.Blocked.class);
  }

  @Test
  void says_until_when_it_compares_nothing() {
    failAsOftenAsIsFree("ada");
    int comparisons = world.hasher.comparisons();
    List<AuditEvent> written = world.stores.audited("ada");

    assertThat(right("ada"))
        .as("not even the right one")
        .isEqualTo(new Result.Blocked(world.clock.instant().plus(FIRST_DELAY)));
    world.clock.advance(FIRST_DELAY.minusNanos(1));
    assertThat(right("ada")).isInstanceOf(Result.Blocked.class);

    assertThat(world.hasher.comparisons()).isEqualTo(comparisons);
    assertThat(world.stores.audited("ada")).isEqualTo(written);
    assertThat(failuresOfAccount("ada")).as("waiting costs nothing").isEqualTo(FREE_PER_ACCOUNT);
    world.clock.advance(Duration.ofNanos(1));
    assertThat(right("ada")).isInstanceOf(Result.Right.class);
  }

  @Test
  void lets_each_further_failure_wait_longer() {
    failAsOftenAsIsFree("ada");
    world.clock.advance(FIRST_DELAY);
    assertThat(wrong("ada")).isEqualTo(new Result.Wrong());

    assertThat(right("ada"))
        .isEqualTo(new Result.Blocked(world.clock.instant().plus(FIRST_DELAY.multipliedBy(2))));
  }

  @Test
  void says_the_later_of_two_times() {
    failAsOftenAsIsFree("ada");
    world.clock.advance(FIRST_DELAY);
    wrong("ada");
    IntStream.range(0, FREE_PER_ADDRESS).forEach(i -> wrong("victim" + i));

    assertThat(right("ada"))
        .isEqualTo(new Result.Blocked(world.clock.instant().plus(FIRST_DELAY.multipliedBy(2))));
  }

  @Test
  void treats_an_unknown_user_like_a_known_one() {
    for (int i = 0; i < FREE_PER_ACCOUNT + 2; i++) {
      int before = world.hasher.comparisons();
      Result known = wrong("ada");
      int between = world.hasher.comparisons();
      Result unknown = wrong("nobody");

      assertThat(unknown).isEqualTo(known);
      assertThat(world.hasher.comparisons() - between).isEqualTo(between - before);
    }
    assertThat(wrong("nobody")).isInstanceOf(Result.Blocked.class);
    assertThat(world.stores.audited("nobody"))
        .hasSize(FREE_PER_ACCOUNT)
        .allMatch(event -> event.action() == Action.PASSWORD_WRONG);
  }

  @Test
  void counts_all_spellings_of_a_name_together() {
    for (String spelling : List.of("ada", "ADA", "Ada", "aDa", "adA")) {
      wrong(spelling);
    }

    assertThat(right("ada")).isInstanceOf(Result.Blocked.class);
  }

  @Test
  void blocks_one_account_and_no_other() {
    world.registered("bob");
    failAsOftenAsIsFree("ada");

    assertThat(right("bob")).isInstanceOf(Result.Right.class);
  }

  @Test
  void counts_by_the_account_alone_where_no_address_is_known() {
    for (int i = 0; i < FREE_PER_ADDRESS + 1; i++) {
      world.passwords.check(new Username("victim" + i), WRONG, "");
    }

    assertThat(world.passwords.check(ADA, passwordOf("ada"), "")).isInstanceOf(Result.Right.class);
    assertThat(failuresOfAddress("")).isZero();
  }

  @Test
  void writes_down_what_was_wrong_and_from_where() {
    wrong("ada");
    right("ada");

    assertThat(world.stores.audited("ada").getLast())
        .isEqualTo(
            AuditEvent.by(ADA, Action.PASSWORD_WRONG, "ada", ADDRESS, world.clock.instant()));
  }

  /** The clock stands still, so that nobody has waited. */
  @Test
  void compares_no_more_of_a_hundred_simultaneous_attempts_at_an_account_than_are_free()
      throws Exception {
    int before = world.hasher.comparisons();

    List<Result> results =
        simultaneously(100, i -> world.passwords.check(ADA, WRONG, "192.0.2." + i));

    assertThat(world.hasher.comparisons() - before).isEqualTo(FREE_PER_ACCOUNT);
    assertThat(results).filteredOn(new Result.Wrong()::equals).hasSize(FREE_PER_ACCOUNT);
    assertThat(results)
        .filteredOn(new Result.Blocked(world.clock.instant().plus(FIRST_DELAY))::equals)
        .hasSize(100 - FREE_PER_ACCOUNT);
    assertThat(world.stores.audited("ada")).hasSize(1 + FREE_PER_ACCOUNT);
  }

  @Test
  void compares_no_more_of_a_hundred_simultaneous_attempts_from_an_address_than_are_free()
      throws Exception {
    int before = world.hasher.comparisons();

    List<Result> results =
        simultaneously(100, i -> world.passwords.check(new Username("victim" + i), WRONG, ADDRESS));

    assertThat(world.hasher.comparisons() - before).isEqualTo(FREE_PER_ADDRESS);
    assertThat(results).filteredOn(Result.Blocked.class::isInstance).hasSize(50);
  }

  private Result right(String username) {
    return world.passwords.check(new Username(username), passwordOf(username), ADDRESS);
  }

  private Result wrong(String username) {
    return world.passwords.check(new Username(username), WRONG, ADDRESS);
  }

  private void failAsOftenAsIsFree(String username) {
    for (int i = 0; i < FREE_PER_ACCOUNT; i++) {
      assertThat(wrong(username)).isEqualTo(new Result.Wrong());
    }
  }

  private int failuresOfAccount(String username) {
    return failures(AttemptKey.account(new Username(username)));
  }

  private int failuresOfAddress(String address) {
    return failures(AttemptKey.address(address));
  }

  private int failures(AttemptKey key) {
    return world
        .stores
        .transactions()
        .inTransaction(() -> world.stores.attempts().lock(List.of(key), world.clock.instant()))
        .getFirst()
        .failures();
  }

  private PasswordCheck checkWith(Runnable beforeComparing, AuditLog audit) {
    return new PasswordCheck(
        world.stores.transactions(),
        world.stores.users(),
        world.stores.attempts(),
        audit,
        new PasswordHasher() {
          @Override
          public PasswordHash hash(Password password) {
            return world.hasher.hash(password);
          }

          @Override
          public boolean matches(Password password, PasswordHash hash) {
            beforeComparing.run();
            return world.hasher.matches(password, hash);
          }
        },
        world.clock,
        new SplittableRandom(1));
  }

  private static List<Result> simultaneously(int threads, IntFunction<Result> attempt)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(threads);
    List<Callable<Result>> tasks =
        IntStream.range(0, threads)
            .<Callable<Result>>mapToObj(
                i ->
                    () -> {
                      start.await(30, TimeUnit.SECONDS);
                      return attempt.apply(i);
                    })
            .toList();
    List<Result> results = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (Future<Result> result : pool.invokeAll(tasks)) {
        results.add(result.get());
      }
    }
    return results;
  }
}
