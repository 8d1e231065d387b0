package io.simplebank.application.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplebank.application.transfer.GroupCommit.Attempt;
import io.simplebank.application.transfer.GroupCommit.Group;
import io.simplebank.application.transfer.GroupCommit.Limits;
import io.simplebank.application.world.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests are numbers here, as large as they say, and a test decides when a group is written. */
@Timeout(60)
final class GroupCommitTest {
  private static final Limits LIMITS = new Limits(1, 10, 30, Duration.ofMinutes(10));

  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private final SettableClock clock = new SettableClock();
  private final BlockingQueue<Attempted> attempts = new LinkedBlockingQueue<>();
  private final BlockingQueue<Group> observed = new LinkedBlockingQueue<>();

  /** A group that a writer is about to write, and how that will go. */
  private record Attempted(List<Integer> requests, CompletableFuture<Attempt<String>> result) {
    void isWritten() {
      result.complete(written(requests));
    }
  }

  @AfterEach
  void end() {
    callers.shutdownNow();
  }

  @Test
  void writes_a_lone_request_at_once() throws Exception {
    GroupCommit<Integer, String> groups = groups(LIMITS);

    Future<String> reply = post(groups, 1);

    nextAttempt(1).isWritten();
    assertThat(reply.get()).isEqualTo("reply to 1");
  }

  @Test
  void keeps_nobody_waiting_who_only_wants_to_be_told() throws Exception {
    GroupCommit<Integer, String> groups = groups(LIMITS);

    CompletionStage<String> first = groups.submit(1);
    Attempted busy = nextAttempt(1);
    List<CompletionStage<String>> others = List.of(groups.submit(2), groups.submit(3));
    assertThat(first.toCompletableFuture()).isNotDone();
    busy.isWritten();
    nextAttempt(2, 3).isWritten();

    assertThat(first.toCompletableFuture().get()).isEqualTo("reply to 1");
    assertThat(others.get(0).toCompletableFuture().get()).isEqualTo("reply to 2");
    assertThat(others.get(1).toCompletableFuture().get()).isEqualTo("reply to 3");
  }

  @Test
  void tells_who_does_not_wait_of_refusals_and_failures_too() throws Exception {
    GroupCommit<Integer, String> groups = groups(LIMITS);
    IllegalStateException failure = new IllegalStateException("no words for 1");
    CompletionStage<String> first = groups.submit(1);
    Attempted busy = nextAttempt(1);

    assertThatThrownBy(groups.submit(31).toCompletableFuture()::get)
        .hasCauseInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining("0 transfers wait already");
    busy.result.complete(new Attempt.Undone<>(failure));

    assertThatThrownBy(first.toCompletableFuture()::get).hasCause(failure);
  }

  @Test
  void writes_together_in_order_what_arrives_while_it_writes() throws Exception {
    GroupCommit<Integer, String> groups = groups(LIMITS);
    Future<String> first = post(groups, 1);
    Attempted busy = nextAttempt(1);
    List<Future<String>> others = queue(groups, 2, 1, 3);

    busy.isWritten();
    nextAttempt(2, 1, 3).isWritten();

    assertThat(first.get()).isEqualTo("reply to 1");
    assertThat(replies(others)).containsExactly("reply to 2", "reply to 1", "reply to 3");
  }

  @Test
  void lets_no_group_grow_beyond_its_limit_nor_anybody_pass_a_large_request() throws Exception {
    GroupCommit<Integer, String> groups = groups(LIMITS);
    Future<String> first = post(groups, 1);
    Attempted busy = nextAttempt(1);
    List<Future<String>> others = queue(groups, 6, 4, 1, 10, 2, 7);

    busy.isWritten();
    nextAttempt(6, 4).isWritten();
    nextAttempt(1).isWritten();
    nextAttempt(10).isWritten();
    nextAttempt(2, 7).isWritten();

    first.get();
    assertThat(replies(others)).hasSize(6);
  }

  @Test
  void writes_a_request_alone_that_is_larger_than_a_group() throws Exception {
    GroupCommit<Integer, String> groups = groups(LIMITS);
    Future<String> first = post(groups, 1);
    Attempted busy = nextAttempt(1);
    List<Future<String>> others = queue(groups, 12, 1);

    busy.isWritten();
    nextAttempt(12).isWritten();
    nextAttempt(1).isWritten();

    first.get();
    assertThat(replies(others)).containsExactly("reply to 12", "reply to 1");
  }

  @Test
  void counts_a_request_that_moves_nothing_as_one() throws Exception {
    GroupCommit<Integer, String> groups = groups(new Limits(1, 2, 2, Duration.ofMinutes(10)));
    Future<String> first = post(groups, 0);
    Attempted busy = nextAttempt(0);
    List<Future<String>> others = queue(groups, 0, 0);

    assertRefused(() -> groups.post(0), "2 transfers wait already");

    busy.isWritten();
    nextAttempt(0, 0).isWritten();
    first.get();
    assertThat(replies(others)).hasSize(2);
  }

  @Test
  void refuses_at_once_what_the_queue_does_not_hold_and_takes_what_it_does() throws Exception {
    GroupCommit<Integer, String> groups = groups(LIMITS);
    Future<String> first = post(groups, 1);
    Attempted busy = nextAttempt(1);
    List<Future<String>> others = queue(groups, 10, 10, 8);

    assertRefused(() -> groups.post(3), "28 transfers wait already");
    List<Future<String>> last = queue(groups, 2);

    busy.isWritten();
    nextAttempt(10).isWritten();
    nextAttempt(10).isWritten();
    nextAttempt(8, 2).isWritten();
    first.get();
    assertThat(replies(others)).hasSize(3);
    assertThat(replies(last)).containsExactly("reply to 2");
    assertThat(groups.waiting()).isZero();
  }

  @Test
  void writes_as_many_groups_at_a_time_as_it_has_writers() throws Exception {
    GroupCommit<Integer, String> groups = groups(new Limits(2, 10, 30, Duration.ofMinutes(10)));
    Future<String> first = post(groups, 1);
    Attempted one = nextAttempt(1);
    Future<String> second = post(groups, 2);
    Attempted two = nextAttempt(2);
    List<Future<String>> others = queue(groups, 3, 4);

    two.isWritten();
    assertThat(second.get()).isEqualTo("reply to 2");
    nextAttempt(3, 4).isWritten();
    assertThat(replies(others)).containsExactly("reply to 3", "reply to 4");
    one.isWritten();
    assertThat(first.get()).isEqualTo("reply to 1");
  }

  @Test
  void never_writes_what_has_waited_too_long() throws Exception {
    GroupCommit<Integer, String> groups = groups(LIMITS);
    Future<String> first = post(groups, 1);
    Attempted busy = nextAttempt(1);
    List<Future<String>> late = queue(groups, 2, 3);
    clock.advance(LIMITS.patience().plusMillis(1));
    List<Future<String>> inTime = queue(groups, 4);

    busy.isWritten();
    nextAttempt(4).isWritten();

    assertThat(first.get()).as("was being written already").isEqualTo("reply to 1");
    for (Future<String> reply : late) {
      assertThatThrownBy(reply::get)
          .hasCauseInstanceOf(RejectedExecutionException.class)
          .hasMessageContaining("not written in time");
    }
    assertThat(replies(inTime)).containsExactly("reply to 4");
  }

  @Test
  void lets_go_of_who_loses_patience_while_the_writer_hangs() throws Exception {
    GroupCommit<Integer, String> groups = groups(new Limits(1, 10, 30, Duration.ofMillis(1)));
    Future<String> first = post(groups, 1);
    Attempted busy = nextAttempt(1);

    List<Future<String>> late = queue(groups, 2);
    CompletionStage<String> lateToo = groups.submit(3);
    clock.advance(Duration.ofMillis(1));

    for (Future<String> reply : List.of(late.getFirst(), lateToo.toCompletableFuture())) {
      assertThatThrownBy(reply::get)
          .hasCauseInstanceOf(RejectedExecutionException.class)
          .hasMessageContaining("not written in time");
    }
    assertThat(groups.waiting()).isZero();
    busy.isWritten();
    assertThat(first.get()).as("was being written already").isEqualTo("reply to 1");
    groups.close();
    assertThat(attempts).as("written later").isEmpty();
  }

  @Test
  void forgets_the_request_of_a_caller_who_is_interrupted_in_the_queue() throws Exception {
    GroupCommit<Integer, String> groups = groups(LIMITS);
    Future<String> first = post(groups, 1);
    Attempted busy = nextAttempt(1);
    CompletableFuture<RejectedExecutionException> refusal = new CompletableFuture<>();
    Thread caller =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    groups.post(2);
                  } catch (RejectedExecutionException e) {
                    assertThat(Thread.currentThread().isInterrupted()).isTrue();
                    refusal.complete(e);
                  }
                });
    awaitWaiting(groups, 2);

    caller.interrupt();

    assertThat(refusal.get()).hasMessageContaining("interrupted");
    assertThat(groups.waiting()).isZero();
    busy.isWritten();
    first.get();
    groups.close();
    assertThat(attempts).isEmpty();
  }

  @Test
  void tells_a_caller_who_is_interrupted_while_it_writes_what_came_of_it() throws Exception {
    GroupCommit<Integer, String> groups = groups(LIMITS);
    CompletableFuture<String> told = new CompletableFuture<>();
    Thread caller =
        Thread.ofVirtual()
            .start(
                () -> {
                  String reply = groups.post(1);
                  told.complete(reply + ", interrupted " + Thread.currentThread().isInterrupted());
                });
    Attempted busy = nextAttempt(1);

    caller.interrupt();
    busy.isWritten();

    assertThat(told.get()).isEqualTo("reply to 1, interrupted true");
  }

  @Test
  void serves_the_neighbours_of_a_request_that_cannot_be_written() throws Exception {
    GroupCommit<Integer, String> groups = groups(LIMITS);
    Future<String> first = post(groups, 1);
    Attempted busy = nextAttempt(1);
    List<Future<String>> others = queue(groups, 1, 2, 3, 4);

    busy.isWritten();
    IllegalStateException failure = new IllegalStateException("no words for 3");
    nextAttempt(1, 2, 3, 4).result.complete(new Attempt.Undone<>(failure));
    nextAttempt(1, 2).isWritten();
    nextAttempt(3, 4).result.complete(new Attempt.Undone<>(failure));
    nextAttempt(3).result.complete(new Attempt.Undone<>(failure));
    nextAttempt(4).isWritten();

    first.get();
    assertThatThrownBy(others.get(2)::get).hasCause(failure);
    others.remove(2);
    assertThat(replies(others)).containsExactly("reply to 1", "reply to 2", "reply to 4");
  }

  @Test
  void tries_nothing_again_of_which_it_is_unknown_whether_it_was_kept() throws Exception {
    GroupCommit<Integer, String> groups = groups(LIMITS);
    Future<String> first = post(groups, 1);
    Attempted busy = nextAttempt(1);
    List<Future<String>> others = queue(groups, 2, 3);
    IllegalStateException failure = new IllegalStateException("lost");

    busy.isWritten();
    nextAttempt(2, 3).result.complete(new Attempt.Unknown<>(failure));

    first.get();
    for (Future<String> reply : others) {
      assertThatThrownBy(reply::get).hasRootCause(failure);
    }
    groups.close();
    assertThat(attempts).isEmpty();
  }

  @Test
  void refuses_the_rest_of_a_group_when_nothing_can_be_written_at_the_moment() throws Exception {
    GroupCommit<Integer, String> groups = groups(LIMITS);
    Future<String> first = post(groups, 1);
    Attempted busy = nextAttempt(1);
    List<Future<String>> others = queue(groups, 2, 3, 4);

    busy.isWritten();
    nextAttempt(2, 3, 4)
        .result
        .complete(new Attempt.Undone<>(new IllegalStateException("the connection is lost")));
    nextAttempt(2)
        .result
        .complete(new Attempt.Refused<>(new RejectedExecutionException("no connection")));

    first.get();
    for (Future<String> reply : others) {
      assertThatThrownBy(reply::get)
          .hasCauseInstanceOf(RejectedExecutionException.class)
          .hasMessageContaining("no connection");
    }
    groups.close();
    assertThat(attempts).isEmpty();
  }

  @Test
  void keeps_nobody_waiting_when_it_fails_itself_and_goes_on() throws Exception {
    GroupCommit<Integer, String> groups = groups(LIMITS);
    Future<String> first = post(groups, 1);
    Attempted busy = nextAttempt(1);
    List<Future<String>> others = queue(groups, 2);

    OutOfMemoryError error = new OutOfMemoryError("on purpose");
    busy.result.completeExceptionally(error);
    nextAttempt(2).isWritten();

    assertThatThrownBy(first::get)
        .hasMessageContaining("it is not known whether it was written")
        .hasRootCause(error);
    assertThat(replies(others)).containsExactly("reply to 2");
  }

  @Test
  void goes_on_when_whoever_observes_it_fails() throws Exception {
    GroupCommit<Integer, String> groups =
        new GroupCommit<>(
            GroupCommitTest::written,
            size -> size,
            LIMITS,
            group -> {
              throw new IllegalStateException("cannot count");
            },
            clock::nanoTime);

    assertThat(groups.post(1)).isEqualTo("reply to 1");
    assertThat(groups.post(2)).isEqualTo("reply to 2");
  }

  @Test
  void passes_an_error_on_to_the_one_whose_it_is() throws Exception {
    GroupCommit<Integer, String> groups = groups(LIMITS);
    Future<String> reply = post(groups, 1);
    StackOverflowError error = new StackOverflowError("on purpose");

    nextAttempt(1).result.complete(new Attempt.Undone<>(error));

    assertThatThrownBy(reply::get).hasRootCause(error);
  }

  @Test
  void serves_all_who_are_in_when_it_is_closed_and_nobody_who_comes_later() throws Exception {
    GroupCommit<Integer, String> groups = groups(LIMITS);
    Future<String> first = post(groups, 1);
    Attempted busy = nextAttempt(1);
    List<Future<String>> others = queue(groups, 2, 3);

    Future<?> closed = callers.submit(groups::close);
    awaitClosed(groups);
    assertThat(closed).isNotDone();
    busy.isWritten();
    nextAttempt(2, 3).isWritten();

    closed.get();
    first.get();
    assertThat(replies(others)).containsExactly("reply to 2", "reply to 3");
    assertRefused(() -> groups.post(4), "closed");
  }

  @Test
  void tells_its_observer_of_every_group() throws Exception {
    GroupCommit<Integer, String> groups = groups(LIMITS);
    Future<String> first = post(groups, 1);
    Attempted busy = nextAttempt(1);
    List<Future<String>> others = queue(groups, 2, 3);
    clock.advance(Duration.ofMillis(7));
    busy.isWritten();
    Attempted second = nextAttempt(2, 3);
    clock.advance(Duration.ofMillis(2));
    second.isWritten();
    first.get();
    replies(others);
    groups.close();

    assertThat(observed)
        .containsExactly(
            new Group(1, 1, Duration.ZERO, Duration.ofMillis(7)),
            new Group(2, 5, Duration.ofMillis(7), Duration.ofMillis(2)));
  }

  @Test
  void needs_limits_within_which_something_can_be_written() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new Limits(0, 1, 1, second))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Limits(1, 0, 1, second))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Limits(1, 2, 1, second))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Limits.USUAL.withPatience(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private GroupCommit<Integer, String> groups(Limits limits) {
    return new GroupCommit<>(this::attempt, size -> size, limits, observed::add, clock::nanoTime);
  }

  private Attempt<String> attempt(List<Integer> requests) {
    Attempted attempted = new Attempted(requests, new CompletableFuture<>());
    attempts.add(attempted);
    try {
      return attempted.result.get();
    } catch (ExecutionException e) {
      throw (Error) e.getCause();
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts a writer", e);
    }
  }

  private static Attempt<String> written(List<Integer> requests) {
    return new Attempt.Written<>(requests.stream().map(request -> "reply to " + request).toList());
  }

  /** What the writer does next, which is to be this. */
  private Attempted nextAttempt(Integer... requests) throws InterruptedException {
    Attempted next = attempts.take();
    assertThat(next.requests).containsExactly(requests);
    return next;
  }

  private Future<String> post(GroupCommit<Integer, String> groups, int request) {
    return callers.submit(() -> groups.post(request));
  }

  /** Posts requests that are to wait, one after the other. */
  private List<Future<String>> queue(GroupCommit<Integer, String> groups, int... requests) {
    List<Future<String>> replies = new ArrayList<>();
    for (int request : requests) {
      int before = groups.waiting();
      replies.add(post(groups, request));
      awaitWaiting(groups, before + Math.max(1, request));
    }
    return replies;
  }

  private static void awaitWaiting(GroupCommit<Integer, String> groups, int transfers) {
    while (groups.waiting() != transfers) {
      Thread.onSpinWait();
    }
  }

  private static void awaitClosed(GroupCommit<Integer, String> groups) {
    while (!groups.isClosed()) {
      Thread.onSpinWait();
    }
  }

  private static List<String> replies(List<Future<String>> futures)
      throws ExecutionException, InterruptedException {
    List<String> replies = new ArrayList<>();
    for (Future<String> future : futures) {
      replies.add(future.get());
    }
    return replies;
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining(message);
  }
}
