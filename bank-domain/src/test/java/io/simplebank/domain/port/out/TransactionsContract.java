package io.simplebank.domain.port.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.Owner;
import io.simplebank.domain.transfer.PostedTransfer;
import io.simplebank.domain.user.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Transactions} does. */
public abstract class TransactionsContract extends StoresContract {
  private static final class Failure extends RuntimeException {
    Failure() {
      super("on purpose");
    }
  }

  private static final class Breakdown extends Error {
    Breakdown() {
      super("on purpose");
    }
  }

  /** For the tests of each store that keeps this contract. */
  protected TransactionsContract() {}

  @Test
  void returns_the_result_of_the_work() {
    assertThat(stores().transactions().inTransaction(() -> "done")).isEqualTo("done");
  }

  @Test
  void passes_on_what_repeatable_work_returns_or_throws_without_running_it_again() {
    AtomicInteger runs = new AtomicInteger();
    Failure failure = new Failure();
    User user = aUser();

    assertThat(stores().transactions().inRepeatableTransaction(runs::incrementAndGet)).isEqualTo(1);
    assertThatThrownBy(
            () ->
                stores()
                    .transactions()
                    .inRepeatableTransaction(
                        () -> {
                          runs.incrementAndGet();
                          stores().users().insert(user);
                          throw failure;
                        }))
        .isSameAs(failure);

    assertThat(runs).hasValue(2);
    assertThat(stores().users().find(user.username())).isEmpty();
  }

  @Test
  void keeps_what_the_work_has_written() throws Exception {
    User user = aUser();

    Account account =
        stores()
            .transactions()
            .inTransaction(
                () -> {
                  stores().users().insert(user);
                  return openedAccount(user, EUR);
                });

    // In another thread, so that nothing of the transaction can linger.
    List<Optional<Account>> seen = simultaneously(1, () -> stores().accounts().find(account.id()));
    assertThat(seen).containsExactly(Optional.of(account));
    assertThat(stores().users().find(user.username())).contains(user);
  }

  @Test
  void sees_its_own_writes() {
    User user = aUser();

    Optional<User> seen =
        stores()
            .transactions()
            .inTransaction(
                () -> {
                  stores().users().insert(user);
                  return stores().users().find(user.username());
                });

    assertThat(seen).contains(user);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void keeps_nothing_when_the_work_throws_and_passes_the_exception_on(boolean anError) {
    Account from = fundedAccount(EUR, 100);
    Account to = openedAccount(EUR);
    User user = aUser();
    List<PostedTransfer> postings = new ArrayList<>();
    Failure failure = new Failure();
    Breakdown breakdown = new Breakdown();

    assertThatThrownBy(
            () ->
                stores()
                    .transactions()
                    .inTransaction(
                        () -> {
                          stores().users().insert(user);
                          stores().accounts().open(ownerOf(from), USD, NOW);
                          postings.addAll(postWithin(NOW, transfer(from, to, 60)));
                          if (anError) {
                            throw breakdown;
                          }
                          throw failure;
                        }))
        .isSameAs(anError ? breakdown : failure);

    PostedTransfer posting = postings.getFirst();
    assertThat(stores().users().find(user.username())).isEmpty();
    assertThat(stores().accounts().list(ownerOf(from).username(), 0, 10, NOW))
        .containsExactly(from);
    assertThat(found(to.id())).isEqualTo(to);
    assertThat(stores().transfers().find(posting.transfer().id())).isEmpty();
    assertThat(stores().entries().list(from.id(), 10, null, null, null))
        .hasSize(1)
        .doesNotContain(posting.debit());
    assertThat(stores().entries().list(to.id(), 10, null, null, null)).isEmpty();
  }

  @Test
  void leaves_the_stores_usable_after_a_failure() {
    Account from = fundedAccount(EUR, 100);
    Account to = openedAccount(EUR);
    assertThatThrownBy(
            () ->
                stores()
                    .transactions()
                    .inTransaction(
                        () -> {
                          postWithin(NOW, transfer(from, to, 60));
                          throw new Failure();
                        }))
        .isInstanceOf(Failure.class);

    post(NOW, transfer(from, to, 100));

    assertThat(found(to.id()).balance().minorUnits()).isEqualTo(100);
  }

  @Test
  void joins_an_outer_transaction_and_is_kept_with_it() {
    User outer = aUser();
    User inner = aUser();

    stores()
        .transactions()
        .inTransaction(
            () -> {
              stores().users().insert(outer);
              return stores().transactions().inTransaction(() -> stores().users().insert(inner));
            });

    assertThat(stores().users().find(outer.username())).contains(outer);
    assertThat(stores().users().find(inner.username())).contains(inner);
  }

  @Test
  void joins_an_outer_transaction_and_fails_with_it() {
    Account from = fundedAccount(EUR, 100);
    Account to = openedAccount(EUR);
    Failure failure = new Failure();

    assertThatThrownBy(
            () ->
                stores()
                    .transactions()
                    .inTransaction(
                        () -> {
                          // Complete as far as the inner call can tell, and yet not committed.
                          post(NOW, transfer(from, to, 60));
                          throw failure;
                        }))
        .isSameAs(failure);

    assertThat(found(from.id())).isEqualTo(from);
    assertThat(found(to.id())).isEqualTo(to);
  }

  @Test
  void takes_the_outer_transaction_along_when_it_fails() {
    User outer = aUser();
    Failure failure = new Failure();

    assertThatThrownBy(
            () ->
                stores()
                    .transactions()
                    .inTransaction(
                        () -> {
                          stores().users().insert(outer);
                          return stores()
                              .transactions()
                              .inTransaction(
                                  () -> {
                                    throw failure;
                                  });
                        }))
        .isSameAs(failure);

    assertThat(stores().users().find(outer.username())).isEmpty();
  }

  private static Owner.Customer ownerOf(Account account) {
    return (Owner.Customer) account.owner();
  }
}
