package io.simplebank.application.transfer;

import static io.simplebank.application.world.World.EUR;
import static io.simplebank.application.world.World.JPY;
import static io.simplebank.application.world.World.posted;
import static io.simplebank.application.world.World.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;

import io.simplebank.application.world.World;
import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.AccountStatus;
import io.simplebank.domain.audit.AuditEvent;
import io.simplebank.domain.idempotency.Answer;
import io.simplebank.domain.idempotency.IdempotencyKey;
import io.simplebank.domain.idempotency.Once;
import io.simplebank.domain.idempotency.Reply;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.port.in.DepositMoney;
import io.simplebank.domain.port.in.ReverseTransfer;
import io.simplebank.domain.port.in.TransferInBatch;
import io.simplebank.domain.port.in.TransferMoney;
import io.simplebank.domain.port.in.WithdrawMoney;
import io.simplebank.domain.port.out.Ledger;
import io.simplebank.domain.port.out.Transactions;
import io.simplebank.domain.transfer.Reference;
import io.simplebank.domain.transfer.TransferId;
import io.simplebank.domain.transfer.TransferOutcome;
import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.Role;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request is carried out once, whoever repeats it: the client or the bank itself. */
final class ExactlyOnceTest {
  private final World world = new World();
  private final Caller alice = world.depositor("alice");
  private final Caller bob = world.depositor("bob");
  private final Account hers = world.account(alice, EUR, 100);
  private final Account his = world.account(bob, EUR, 0);
  // So that two answers are never equal by chance.
  private final AtomicInteger renderings = new AtomicInteger();

  @Test
  void tells_a_repeated_request_what_it_was_told_and_moves_no_money() {
    Reply first = transfer("k", 60);
    Reply second = transfer("k", 60);

    assertThat(second).isEqualTo(new Reply.Replayed(answerOf(first)));
    assertThat(world.balance(his)).isEqualTo(60);
  }

  @Test
  void carries_out_every_request_without_a_key() {
    transfer(null, 10);
    transfer(null, 10);

    assertThat(world.balance(his)).isEqualTo(20);
  }

  @Test
  void stays_with_a_decline_even_when_money_has_arrived_since() {
    Reply declined = transfer("k", 101);
    assertThat(answerOf(declined).body()).startsWith("Declined[reason=InsufficientFunds");
    deposit(world.banker, null, hers, 1);

    assertThat(transfer("k", 101)).isEqualTo(new Reply.Replayed(answerOf(declined)));

    assertThat(world.balance(hers)).isEqualTo(101);
  }

  @Test
  void shows_an_old_answer_whatever_has_become_of_the_account() {
    Reply first = transfer("k", 60);
    world.put(hers, AccountStatus.CLOSED);

    assertThat(transfer("k", 60)).isEqualTo(new Reply.Replayed(answerOf(first)));
  }

  @Test
  void refuses_a_key_that_comes_with_another_request() {
    Reply first = transfer("k", 60);

    assertThat(transfer("k", 61)).isEqualTo(new Reply.KeyReused());
    assertThat(transfer("k", his.id(), hers.id(), 60, null)).isEqualTo(new Reply.KeyReused());
    assertThat(transfer("k", hers.id(), his.id(), 60, new Reference("rent")))
        .isEqualTo(new Reply.KeyReused());

    assertThat(transfer("k", 60)).isEqualTo(new Reply.Replayed(answerOf(first)));
    assertThat(world.balance(his)).isEqualTo(60);
  }

  @Test
  void takes_one_key_of_several_users_and_for_several_operations_as_several() {
    transfer("k", 10);
    Reply anothers =
        reply(
            world.transfers.transfer(
                new TransferMoney.Command(bob, his.id(), hers.id(), euros(4), null), once("k")));
    deposit(world.banker, "k", hers, 5);
    Reply withdrawal =
        world.transfers.withdraw(
            new WithdrawMoney.Command(world.banker, hers.id(), euros(5), null), once("k"));

    assertThat(anothers).isInstanceOf(Reply.First.class);
    assertThat(withdrawal).isInstanceOf(Reply.First.class);
    assertThat(world.balance(hers)).isEqualTo(94);
    assertThat(world.balance(his)).isEqualTo(6);
  }

  @Test
  void tells_deposits_and_withdrawals_again_too() {
    WithdrawMoney.Command withdrawal =
        new WithdrawMoney.Command(world.banker, hers.id(), euros(7), new Reference("cash"));

    Reply deposit = deposit(world.banker, "d", hers, 5);
    Reply withdrawn = world.transfers.withdraw(withdrawal, once("w"));

    assertThat(deposit(world.banker, "d", hers, 5))
        .isEqualTo(new Reply.Replayed(answerOf(deposit)));
    assertThat(deposit(world.banker, "d", his, 5)).isEqualTo(new Reply.KeyReused());
    assertThat(world.transfers.withdraw(withdrawal, once("w")))
        .isEqualTo(new Reply.Replayed(answerOf(withdrawn)));
    assertThat(world.balance(hers)).isEqualTo(98);
  }

  @Test
  void gives_money_back_once_for_each_key() {
    TransferId id = posted(world.transfer(alice, hers, his, 60)).transfer().id();
    Reply first = reverse(bob, "k", id, null);

    assertThat(reverse(bob, "k", id, null)).isEqualTo(new Reply.Replayed(answerOf(first)));
    assertThat(reverse(bob, "k", id, 60L)).isEqualTo(new Reply.KeyReused());
    assertThat(world.balance(hers)).isEqualTo(100);
  }

  @Test
  void posts_a_batch_once_for_each_key() {
    Reply first = batch("k", false, 10, 200, 20);

    assertThat(batch("k", false, 10, 200, 20)).isEqualTo(new Reply.Replayed(answerOf(first)));
    assertThat(batch("k", true, 10, 200, 20)).isEqualTo(new Reply.KeyReused());
    assertThat(batch("k", false, 10, 20, 200)).isEqualTo(new Reply.KeyReused());
    assertThat(batch("k", false, 10)).isEqualTo(new Reply.KeyReused());
    assertThat(world.balance(his)).isEqualTo(30);
  }

  @Test
  void remembers_that_there_was_no_such_transfer_but_not_who_may_not_reverse_it() {
    TransferId id = posted(world.transfer(alice, hers, his, 60)).transfer().id();
    Reply missing = reverse(bob, "k", new TransferId(999), null);

    assertThat(answerOf(missing).body()).contains("TransferNotFound");
    assertThat(reverse(bob, "k", new TransferId(999), null))
        .isEqualTo(new Reply.Replayed(answerOf(missing)));
    assertThat(answerOf(reverse(alice, "k", id, null)).body()).contains("RecipientOnly");
    assertThat(reverse(alice, "k", id, null)).isInstanceOf(Reply.First.class);
    assertThat(world.balance(his)).isEqualTo(60);
  }

  @Test
  void remembers_that_a_currency_is_not_offered() {
    DepositMoney.Command yen =
        new DepositMoney.Command(world.banker, hers.id(), new Money(1, JPY), null);

    Reply first = world.transfers.deposit(yen, once("k"));

    assertThat(answerOf(first).body()).contains("CurrencyNotOffered");
    assertThat(world.transfers.deposit(yen, once("k")))
        .isEqualTo(new Reply.Replayed(answerOf(first)));
  }

  @Test
  void shows_nobody_an_answer_for_which_they_would_have_to_be_a_banker() {
    Reply first = deposit(world.banker, "k", hers, 5);
    Caller dismissed = new Caller(world.banker.username(), Role.DEPOSITOR);

    Reply forbidden = deposit(dismissed, "k", hers, 5);

    assertThat(forbidden).isInstanceOf(Reply.First.class);
    assertThat(answerOf(forbidden).body()).contains("BankersOnly");
    // Nor is it remembered: the answer of before is still there.
    assertThat(deposit(world.banker, "k", hers, 5)).isEqualTo(new Reply.Replayed(answerOf(first)));
  }

  @Test
  void remembers_no_answer_when_the_bank_fails() {
    Once<TransferOutcome> broken =
        new Once<>(
            new IdempotencyKey("k"),
            outcome -> {
              throw new IllegalStateException("no words for it");
            });
    TransferMoney.Command command = command(hers.id(), his.id(), 60, null);

    assertThatThrownBy(() -> reply(world.transfers.transfer(command, broken)))
        .hasMessage("no words for it");

    assertThat(world.balance(his)).isZero();
    assertThat(transfer("k", 60)).isInstanceOf(Reply.First.class);
    assertThat(world.balance(his)).isEqualTo(60);
  }

  @Test
  void gives_many_who_come_at_once_with_one_key_one_answer() throws Exception {
    int threads = 8;
    CyclicBarrier start = new CyclicBarrier(threads);
    Callable<Reply> task =
        () -> {
          start.await(30, TimeUnit.SECONDS);
          return transfer("k", 10);
        };

    Set<Answer> answers;
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<Reply>> replies = pool.invokeAll(Collections.nCopies(threads, task));
      answers =
          replies.stream()
              .map(Future::resultNow)
              .map(ExactlyOnceTest::answerOf)
              .collect(Collectors.toSet());
    }

    assertThat(answers).hasSize(1);
    assertThat(world.balance(his)).isEqualTo(10);
  }

  @Test
  void posts_once_when_it_does_not_hear_of_a_commit_that_went_through() {
    TransferService service = serviceThatRunsTwice(true);

    Reply reply = reply(service.transfer(command(hers.id(), his.id(), 60, null), once(null)));

    assertThat(reply).isInstanceOf(Reply.First.class);
    assertThat(renderings).as("decided once").hasValue(1);
    assertThat(world.balance(his)).isEqualTo(60);
  }

  @Test
  void posts_once_under_a_key_too_and_calls_it_no_repetition() {
    TransferService service = serviceThatRunsTwice(true);
    TransferMoney.Command command = command(hers.id(), his.id(), 60, null);

    Reply reply = reply(service.transfer(command, once("k")));

    assertThat(reply).isInstanceOf(Reply.First.class);
    assertThat(reply(service.transfer(command, once("k"))))
        .isEqualTo(new Reply.Replayed(answerOf(reply)));
    assertThat(world.balance(his)).isEqualTo(60);
  }

  @Test
  void posts_when_a_commit_was_lost_with_all_it_held() {
    TransferService service = serviceThatRunsTwice(false);

    Reply reply = reply(service.transfer(command(hers.id(), his.id(), 60, null), once(null)));

    assertThat(answerOf(reply).body()).startsWith("Posted").endsWith("2");
    assertThat(world.balance(his)).isEqualTo(60);
  }

  @Test
  void writes_down_once_what_a_banker_asks_for_twice() {
    int before = auditedOfHers().size();

    deposit(world.banker, "k", hers, 5);
    deposit(world.banker, "k", hers, 5);
    deposit(world.banker, "k", hers, 6);

    assertThat(auditedOfHers()).hasSize(before + 1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void writes_down_once_what_it_runs_twice(boolean kept) {
    int before = auditedOfHers().size();

    Reply reply =
        serviceThatRunsTwice(kept)
            .deposit(new DepositMoney.Command(world.banker, hers.id(), euros(5), null), once("k"));

    assertThat(answerOf(reply).body()).startsWith("Posted");
    assertThat(auditedOfHers()).hasSize(before + 1);
    assertThat(world.balance(hers)).isEqualTo(105);
  }

  private List<AuditEvent> auditedOfHers() {
    return world.stores.audited("account " + hers.id().value());
  }

  @Test
  void answers_as_it_was_written_when_a_commit_comes_through_late() {
    Ledger ledger = mock(delegatesTo(world.stores.ledger()));
    Transactions plain = world.stores.transactions();
    TransferService service =
        serviceOn(
            ledger,
            work -> {
              Object unheard = plain.inTransaction(work);
              assertThat(unheard).isNotNull();
              // The second run comes before the first is to be seen, and cannot be written.
              doAnswer(
                      call -> {
                        Ledger.Opening seen =
                            (Ledger.Opening) delegatesTo(world.stores.ledger()).answer(call);
                        return new Ledger.Opening(
                            seen.accounts(),
                            seen.numbering(),
                            false,
                            Map.of(),
                            Map.of(),
                            List.of());
                      })
                  .doAnswer(delegatesTo(world.stores.ledger()))
                  .when(ledger)
                  .open(any(), any());
              assertThatThrownBy(() -> plain.inTransaction(work))
                  .hasMessageStartingWith("written already");
              return plain.inTransaction(work);
            });
    TransferMoney.Command declined = command(hers.id(), his.id(), 101, null);

    Reply reply = reply(service.transfer(declined, once("k")));

    assertThat(renderings).as("decided twice").hasValue(2);
    assertThat(transfer("k", 101)).isEqualTo(new Reply.Replayed(answerOf(reply)));
  }

  /**
   * A service whose every transaction is run a second time, because the end of the first run was
   * not heard of.
   *
   * @param kept whether the first run was kept
   */
  private TransferService serviceThatRunsTwice(boolean kept) {
    Transactions plain = world.stores.transactions();
    return serviceOn(
        world.stores.ledger(),
        work -> {
          if (kept) {
            Object unheard = plain.inTransaction(work);
            assertThat(unheard).isNotNull();
          } else {
            assertThatThrownBy(
                    () ->
                        plain.inTransaction(
                            () -> {
                              Object lost = work.get();
                              throw new IllegalStateException("lost: " + lost);
                            }))
                .hasMessageStartingWith("lost: ");
          }
          return plain.inTransaction(work);
        });
  }

  /** How work that may be repeated is run. */
  private interface Runs {
    Object run(Supplier<Object> work);
  }

  /** A service whose repeatable transactions are run in that way. */
  private TransferService serviceOn(Ledger ledger, Runs runs) {
    Transactions transactions =
        new Transactions() {
          @Override
          public <T> T inTransaction(Supplier<T> work) {
            return world.stores.transactions().inTransaction(work);
          }

          @Override
          @SuppressWarnings("unchecked") // The result is the work's own.
          public <T> T inRepeatableTransaction(Supplier<T> work) {
            return (T) runs.run(work::get);
          }
        };
    return new TransferService(
        transactions,
        ledger,
        world.stores.accounts(),
        world.stores.transfers(),
        world.stores.audit(),
        world.clock);
  }

  private Reply transfer(@Nullable String key, long amount) {
    return transfer(key, hers.id(), his.id(), amount, null);
  }

  private Reply transfer(
      @Nullable String key,
      AccountId from,
      AccountId to,
      long amount,
      @Nullable Reference reference) {
    return reply(world.transfers.transfer(command(from, to, amount, reference), once(key)));
  }

  private TransferMoney.Command command(
      AccountId from, AccountId to, long amount, @Nullable Reference reference) {
    return new TransferMoney.Command(alice, from, to, euros(amount), reference);
  }

  private Reply deposit(Caller caller, @Nullable String key, Account account, long amount) {
    return world.transfers.deposit(
        new DepositMoney.Command(caller, account.id(), euros(amount), null), once(key));
  }

  private Reply batch(String key, boolean atomic, long... amounts) {
    List<TransferInBatch.Item> items =
        Arrays.stream(amounts)
            .mapToObj(amount -> new TransferInBatch.Item(hers.id(), his.id(), euros(amount), null))
            .toList();
    return world.transfers.transfer(
        new TransferInBatch.Command(alice, atomic, items),
        new Once<>(
            new IdempotencyKey(key),
            outcomes -> new Answer(0, outcomes + " " + renderings.incrementAndGet())));
  }

  private Reply reverse(Caller caller, String key, TransferId id, @Nullable Long amount) {
    return world.transfers.reverse(
        new ReverseTransfer.Command(caller, id, amount, null), once(key));
  }

  private Once<TransferOutcome> once(@Nullable String key) {
    return new Once<>(
        key == null ? null : new IdempotencyKey(key),
        outcome -> new Answer(0, outcome + " " + renderings.incrementAndGet()));
  }

  private static Answer answerOf(Reply reply) {
    return switch (reply) {
      case Reply.First(var answer) -> answer;
      case Reply.Replayed(var answer) -> answer;
      case Reply.KeyReused() -> throw new AssertionError("the key belongs to another request");
    };
  }

  private static Money euros(long minorUnits) {
    return new Money(minorUnits, EUR);
  }
}
