package io.simplebank.application.transfer;

import static io.simplebank.application.world.World.EUR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplebank.application.world.World;
import io.simplebank.domain.account.Account;
import io.simplebank.domain.idempotency.Answer;
import io.simplebank.domain.idempotency.IdempotencyKey;
import io.simplebank.domain.idempotency.Once;
import io.simplebank.domain.idempotency.Reply;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.port.in.TransferMoney;
import io.simplebank.domain.port.out.Transactions;
import io.simplebank.domain.transfer.TransferOutcome;
import io.simplebank.domain.user.Caller;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Orders that wait for each other are posted in one transaction, and each is answered as if it had
 * come alone, whatever becomes of that transaction.
 */
@Timeout(60)
final class TransferGroupsTest {
  private final World world = new World();
  private final Caller alice = world.depositor("alice");
  private final Caller bob = world.depositor("bob");
  private final Account hers = world.account(alice, EUR, 100);
  private final Account his = world.account(bob, EUR, 0);
  private final AtomicInteger renderings = new AtomicInteger();
  private final ScriptedTransactions transactions = new ScriptedTransactions();
  private final BlockingQueue<GroupCommit.Group> groups = new LinkedBlockingQueue<>();
  private final TransferService service =
      new TransferService(
          transactions,
          world.stores.ledger(),
          world.stores.accounts(),
          world.stores.transfers(),
          world.stores.audit(),
          world.clock,
          GroupCommit.Limits.USUAL.withPatience(Duration.ofMinutes(10)),
          groups::add);

  /** Transactions that begin when a test says so, and end as it says. */
  private final class ScriptedTransactions implements Transactions {
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch begin = new CountDownLatch(1);
    private final Deque<Function<Supplier<?>, ?>> script = new ArrayDeque<>();

    @Override
    public <T> T inTransaction(Supplier<T> work) {
      return run(work);
    }

    @Override
    public <T> T inRepeatableTransaction(Supplier<T> work) {
      arrived.countDown();
      try {
        begin.await();
      } catch (InterruptedException e) {
        throw new AssertionError("nobody interrupts a writer", e);
      }
      return run(work);
    }

    @SuppressWarnings("unchecked") // The result is the work's own.
    private <T> T run(Supplier<T> work) {
      Function<Supplier<?>, ?> next = script.poll();
      return next == null ? world.stores.transactions().inTransaction(work) : (T) next.apply(work);
    }

    /** The next transaction is a usual one. */
    void goThrough() {
      script.add(work -> world.stores.transactions().inTransaction(work));
    }

    /** The next transaction is rolled back instead of committed. */
    void rollBack() {
      script.add(
          work ->
              world
                  .stores
                  .transactions()
                  .inTransaction(
                      () -> {
                        Object lost = work.get();
                        throw new IllegalStateException("rolled back: " + lost);
                      }));
    }

    /** The next transaction is committed, and nobody hears of it. */
    void loseTheAnswer() {
      script.add(
          work -> {
            Object unheard = world.stores.transactions().inTransaction(work);
            throw new IllegalStateException("lost: " + unheard);
          });
    }

    /** The next transaction does not begin. */
    void fail(RuntimeException failure) {
      script.add(
          work -> {
            throw failure;
          });
    }
  }

  @AfterEach
  void end() {
    transactions.begin.countDown();
    service.close();
  }

  @Test
  void posts_what_waits_in_one_transaction_and_in_order() throws Exception {
    List<FutureTask<Reply>> replies = order(List.of("a 1", "b 60", "c 50", "d 39"));

    transactions.begin.countDown();

    assertThat(bodies(replies)).containsExactly("Posted", "Posted", "Declined", "Posted");
    assertThat(world.balance(hers)).isZero();
    assertThat(world.balance(his)).isEqualTo(100);
    assertThat(groups.take().requests()).isEqualTo(1);
    assertThat(groups.take().requests()).isEqualTo(3);
  }

  @Test
  void answers_one_key_that_comes_twice_in_a_group_once() throws Exception {
    List<FutureTask<Reply>> replies = order(List.of("a 1", "k 60", "k 60", "k 1"));

    transactions.begin.countDown();

    Reply.First first = (Reply.First) replies.get(1).get();
    assertThat(replies.get(2).get()).isEqualTo(new Reply.Replayed(first.answer()));
    assertThat(replies.get(3).get()).isEqualTo(new Reply.KeyReused());
    assertThat(world.balance(his)).isEqualTo(61);
  }

  @Test
  void serves_the_neighbours_of_an_order_for_whose_outcome_there_are_no_words() throws Exception {
    List<FutureTask<Reply>> replies =
        order(List.of("a 1", "b 2", "poison 4", "c 8", "d 16", "e 32"));

    transactions.begin.countDown();

    assertThatThrownBy(replies.get(2)::get).hasRootCauseMessage("no words for it");
    replies.remove(2);
    assertThat(bodies(replies)).containsOnly("Posted");
    assertThat(world.balance(his)).isEqualTo(1 + 2 + 8 + 16 + 32);
    assertThat(transfer("poison 4").body()).startsWith("Posted");
  }

  @Test
  void posts_each_once_when_the_transaction_of_all_is_rolled_back_in_the_end() throws Exception {
    List<FutureTask<Reply>> replies = order(List.of("a 1", "b 2", "c 4"));
    transactions.goThrough();
    transactions.rollBack();

    transactions.begin.countDown();

    assertThat(bodies(replies)).containsOnly("Posted");
    assertThat(world.balance(his)).isEqualTo(7);
  }

  @Test
  void tells_each_what_was_posted_by_a_commit_that_was_not_heard_of() throws Exception {
    List<FutureTask<Reply>> replies = order(List.of("a 1", "b 2", "c 4"));
    transactions.goThrough();
    transactions.loseTheAnswer();

    transactions.begin.countDown();

    assertThat(bodies(replies)).containsOnly("Posted");
    assertThat(renderings).as("decided once").hasValue(3);
    assertThat(world.balance(his)).isEqualTo(7);
    assertThat(transfer("c 4")).isEqualTo(answerOf(replies.get(2).get()));
  }

  @Test
  void tells_nobody_that_it_was_posted_or_not_when_it_cannot_find_out() throws Exception {
    List<FutureTask<Reply>> replies = order(List.of("a 1", "b 2", "c 4"));
    transactions.goThrough();
    transactions.loseTheAnswer();
    transactions.fail(new IllegalStateException("the database is away"));

    transactions.begin.countDown();

    assertThat(answerOf(replies.getFirst().get()).body()).startsWith("Posted");
    for (FutureTask<Reply> reply : replies.subList(1, 3)) {
      assertThatThrownBy(reply::get)
          .hasMessageContaining("not known")
          .hasRootCauseInstanceOf(IllegalStateException.class);
    }
    // Who comes back with the key learns it.
    assertThat(transfer("b 2").body()).startsWith("Posted");
    assertThat(world.balance(his)).isEqualTo(7);
  }

  @Test
  void posts_nothing_when_there_is_no_connection_and_tells_all_to_come_back() throws Exception {
    List<FutureTask<Reply>> replies = order(List.of("a 1", "b 2", "c 4"));
    transactions.goThrough();
    transactions.fail(new RejectedExecutionException("no connection"));

    transactions.begin.countDown();

    replies.getFirst().get();
    for (FutureTask<Reply> reply : replies.subList(1, 3)) {
      assertThatThrownBy(reply::get).hasCauseInstanceOf(RejectedExecutionException.class);
    }
    assertThat(world.balance(his)).isEqualTo(1);
  }

  /**
   * Orders each a transfer under a key and of an amount, from her to him. The first is begun by the
   * time that this returns, the others wait, in this order.
   */
  private List<FutureTask<Reply>> order(List<String> keysAndAmounts) throws InterruptedException {
    List<FutureTask<Reply>> replies = new ArrayList<>();
    for (String keyAndAmount : keysAndAmounts) {
      FutureTask<Reply> reply =
          new FutureTask<>(
              () -> World.reply(service.transfer(command(keyAndAmount), once(keyAndAmount))));
      Thread.ofVirtual().start(reply);
      if (replies.isEmpty()) {
        transactions.arrived.await();
      } else {
        while (service.waiting() < replies.size()) {
          Thread.onSpinWait();
        }
      }
      replies.add(reply);
    }
    return replies;
  }

  /** What an order is answered for whose outcome there are words, whoever had none before. */
  private Answer transfer(String keyAndAmount) {
    Once<TransferOutcome> once = new Once<>(key(keyAndAmount), this::words);
    return answerOf(World.reply(service.transfer(command(keyAndAmount), once)));
  }

  private TransferMoney.Command command(String keyAndAmount) {
    long amount = Long.parseLong(keyAndAmount.split(" ", -1)[1]);
    return new TransferMoney.Command(alice, hers.id(), his.id(), new Money(amount, EUR), null);
  }

  private Once<TransferOutcome> once(String keyAndAmount) {
    Function<TransferOutcome, Answer> rendering =
        keyAndAmount.startsWith("poison")
            ? outcome -> {
              throw new IllegalStateException("no words for it");
            }
            : this::words;
    return new Once<>(key(keyAndAmount), rendering);
  }

  private Answer words(TransferOutcome outcome) {
    // So that two answers are never equal by chance.
    return new Answer(0, outcome + " " + renderings.incrementAndGet());
  }

  private static IdempotencyKey key(String keyAndAmount) {
    return new IdempotencyKey(keyAndAmount.split(" ", -1)[0]);
  }

  private static List<String> bodies(List<FutureTask<Reply>> replies) throws Exception {
    List<String> bodies = new ArrayList<>();
    for (FutureTask<Reply> reply : replies) {
      String body = answerOf(reply.get()).body();
      bodies.add(body.substring(0, body.indexOf('[')));
    }
    return bodies;
  }

  private static Answer answerOf(Reply reply) {
    return switch (reply) {
      case Reply.First(var answer) -> answer;
      case Reply.Replayed(var answer) -> answer;
      case Reply.KeyReused() -> throw new AssertionError("the key belongs to another request");
    };
  }
}
