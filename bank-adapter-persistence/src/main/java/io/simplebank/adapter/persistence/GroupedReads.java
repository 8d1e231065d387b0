package io.simplebank.adapter.persistence;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks the database questions of one kind in groups: those that come while others are being
 * answered form the next group. Nobody waits for company: a question that finds a reader free is
 * asked at once, and alone. What is answered was read after the question came.
 *
 * <p>Whoever asks goes on at once. What they want done with the answer is done by the reader's
 * thread, and must not make it wait.
 *
 * @param <Q> a question
 * @param <A> an answer
 */
public final class GroupedReads<Q, A> {
  private static final int MOST = 100;
  private static final Duration IDLE = Duration.ofMinutes(1);

  private final Function<List<Q>, List<A>> reading;
  private final int readers;
  private final Duration patience;
  private final ThreadPoolExecutor threads;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Asker<Q, A>> queue = new ArrayDeque<>();
  private int busy;
  private boolean watched;

  /**
   * Asks nothing yet.
   *
   * @param name what the readers' threads are called, before their number
   * @param reading answers a group of questions in their order
   * @param readers how many groups are read at the same time
   * @param patience how long a question waits until it is asked
   */
  public GroupedReads(
      String name, Function<List<Q>, List<A>> reading, int readers, Duration patience) {
    this.reading = reading;
    this.readers = readers;
    this.patience = patience;
    // Not virtual threads: they come and go, and what is kept for each thread would with them.
    this.threads =
        new ThreadPoolExecutor(
            readers,
            readers,
            IDLE.toSeconds(),
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name(name, 0).factory());
    this.threads.allowCoreThreadTimeOut(true);
  }

  /**
   * The answer to that question. It fails with a {@link RejectedExecutionException} when it could
   * not be asked in time, and else as reading did.
   */
  public CompletionStage<A> ask(Q question) {
    Asker<Q, A> asker = new Asker<>(question, System.nanoTime(), new CompletableFuture<>());
    lock.lock();
    try {
      if (busy < readers) {
        threads.execute(this::readWhileSomebodyAsks);
        busy++;
      } else if (!watched) {
        watchFor(patience.toNanos());
      }
      queue.add(asker);
    } finally {
      lock.unlock();
    }
    return asker.answer();
  }

  /** How many wait until they are asked for. */
  int waiting() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  private void readWhileSomebodyAsks() {
    for (List<Asker<Q, A>> group = next(); !group.isEmpty(); group = next()) {
      read(group);
    }
  }

  /** The next group; when it is empty, nobody waits and this reader's work is over. */
  private List<Asker<Q, A>> next() {
    List<Asker<Q, A>> group = new ArrayList<>();
    lock.lock();
    try {
      while (!queue.isEmpty() && group.size() < MOST) {
        group.add(queue.remove());
      }
      if (group.isEmpty()) {
        busy--;
      }
    } finally {
      lock.unlock();
    }
    return group;
  }

  private void read(List<Asker<Q, A>> group) {
    List<A> answers;
    try {
      answers = reading.apply(group.stream().map(Asker::question).toList());
      if (answers.size() != group.size()) {
        throw new IllegalStateException("not as many answers as questions");
      }
    } catch (RuntimeException | Error e) {
      group.forEach(asker -> asker.answer().completeExceptionally(e));
      return;
    }
    for (int i = 0; i < group.size(); i++) {
      group.get(i).answer().complete(answers.get(i));
    }
  }

  /** One watch for all: a timer for each question would cost more than to ask it. */
  private void watchFor(long nanos) {
    watched = true;
    CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS).execute(this::refuseTheLate);
  }

  private void refuseTheLate() {
    List<Asker<Q, A>> late = new ArrayList<>();
    lock.lock();
    try {
      long now = System.nanoTime();
      @Nullable Asker<Q, A> first = queue.peek();
      while (first != null && now - first.arrival() >= patience.toNanos()) {
        late.add(queue.remove());
        first = queue.peek();
      }
      watched = false;
      if (first != null) {
        watchFor(patience.toNanos() - (now - first.arrival()));
      }
    } finally {
      lock.unlock();
    }
    late.forEach(
        asker ->
            asker
                .answer()
                .completeExceptionally(new RejectedExecutionException("not read in time")));
  }

  private record Asker<Q, A>(Q question, long arrival, CompletableFuture<A> answer) {}
}
