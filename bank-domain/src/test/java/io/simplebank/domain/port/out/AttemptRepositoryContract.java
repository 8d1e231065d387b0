package io.simplebank.domain.port.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplebank.domain.session.AttemptKey;
import io.simplebank.domain.session.Attempts;
import io.simplebank.domain.user.Username;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every {@link AttemptRepository} does. */
public abstract class AttemptRepositoryContract extends StoresContract {
  private final AttemptKey account = AttemptKey.account(new Username(freshName()));
  private final AttemptKey address = AttemptKey.address("host-" + freshName());

  /** For the tests of each store that keeps this contract. */
  protected AttemptRepositoryContract() {}

  @Test
  void has_nothing_against_a_key_of_which_nothing_is_known() {
    assertThat(locked(List.of(account, address), NOW))
        .containsExactly(Attempts.none(account, NOW), Attempts.none(address, NOW));
  }

  @Test
  void keeps_what_locked_attempts_have_become() {
    count(List.of(account, address), NOW);
    count(List.of(account), NOW.plusSeconds(1));

    assertThat(locked(List.of(account, address), NOW.plusSeconds(2)))
        .containsExactly(
            new Attempts(account, 2, NOW.plusSeconds(1)), new Attempts(address, 1, NOW));
  }

  @Test
  void returns_attempts_in_the_order_of_the_keys_asked_for() {
    count(List.of(address), NOW);

    assertThat(locked(List.of(account, address), NOW))
        .extracting(Attempts::key)
        .containsExactly(account, address);
    assertThat(locked(List.of(address, account), NOW))
        .extracting(Attempts::key)
        .containsExactly(address, account);
    assertThat(locked(List.of(address, account, address), NOW))
        .extracting(Attempts::key)
        .containsExactly(address, account, address);
    assertThat(locked(List.of(), NOW)).isEmpty();
  }

  @Test
  void keeps_the_attempts_of_different_keys_apart() {
    AttemptKey other = AttemptKey.account(new Username(freshName()));

    count(List.of(account), NOW);

    assertThat(locked(List.of(other), NOW)).containsExactly(Attempts.none(other, NOW));
  }

  @Test
  void forgets_what_was_counted_in_a_transaction_that_failed() {
    assertThatThrownBy(
            () ->
                stores()
                    .transactions()
                    .inTransaction(
                        () -> {
                          countWithin(List.of(account), NOW);
                          throw new IllegalStateException("on purpose");
                        }))
        .hasMessage("on purpose");

    assertThat(locked(List.of(account), NOW)).containsExactly(Attempts.none(account, NOW));
  }

  @Test
  void counts_every_one_of_many_simultaneous_attempts_at_a_new_key() throws Exception {
    simultaneously(16, () -> count(List.of(account, address), NOW));

    assertThat(locked(List.of(account, address), NOW))
        .containsExactly(new Attempts(account, 16, NOW), new Attempts(address, 16, NOW));
  }

  @Test
  void lets_nobody_wait_in_a_circle_whatever_order_keys_are_asked_for_in() throws Exception {
    AtomicInteger turn = new AtomicInteger();

    simultaneously(
        8,
        () -> {
          boolean forwards = turn.getAndIncrement() % 2 == 0;
          for (int i = 0; i < 25; i++) {
            count(forwards ? List.of(account, address) : List.of(address, account), NOW);
          }
          return forwards;
        });

    assertThat(locked(List.of(account, address), NOW))
        .containsExactly(new Attempts(account, 200, NOW), new Attempts(address, 200, NOW));
  }

  @Test
  void removes_what_is_older_than_a_time() {
    Instant past = Instant.parse("2001-01-01T00:00:00Z");
    count(List.of(account), past.minusSeconds(1));
    count(List.of(address), past);

    assertThat(stores().attempts().removeOlderThan(past)).isEqualTo(1);

    assertThat(locked(List.of(account, address), NOW))
        .containsExactly(Attempts.none(account, NOW), new Attempts(address, 1, past));
    assertThat(stores().attempts().removeOlderThan(past)).isZero();
    assertThat(stores().attempts().removeOlderThan(past.plusSeconds(1))).isEqualTo(1);
  }

  private List<Attempts> locked(List<AttemptKey> keys, Instant now) {
    return stores().transactions().inTransaction(() -> stores().attempts().lock(keys, now));
  }

  private List<Attempts> count(List<AttemptKey> keys, Instant now) {
    return stores().transactions().inTransaction(() -> countWithin(keys, now));
  }

  private List<Attempts> countWithin(List<AttemptKey> keys, Instant now) {
    List<Attempts> counted =
        stores().attempts().lock(keys, now).stream().map(each -> each.counted(now)).toList();
    stores().attempts().update(counted);
    return counted;
  }
}
