package io.simplebank.adapter.persistence;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the database questions of one kind in groups: those that come while others are being
 * answered form the next group. Nobody waits for company: a question that finds a reader free is
 * asked at once, and alone. What is answered was read after the question came.
 *
 * <p>The readers are those who ask: whoever has their answer gives their place to who has waited
 * longest.
 *
 * @param <Q> a question
 * @param <A> an answer
 */
public final class GroupedReads<Q, A> {
  private static final int MOST = 100;

  private final Function<List<Q>, List<A>> reading;
  private final int readers;
  private final Duration patience;

  private final ReentrantLock lock = new ReentrantLock();

  /** Empty while a reader is free. */
  private final Deque<Asker<Q, A>> queue = new ArrayDeque<>();

  private int busy;

  /**
   * Asks nothing yet.
   *
   * @param reading answers a group of questions in their order
   * @param readers how many groups are read at the same time
   * @param patience how long a question waits until it is asked
   */
  public GroupedReads(Function<List<Q>, List<A>> reading, int readers, Duration patience) {
    this.reading = reading;
    this.readers = readers;
    this.patience = patience;
  }

  /**
   * The answer to that question.
   *
   * @throws RejectedExecutionException when it could not be asked in time
   */
  public A ask(Q question) {
    Asker<Q, A> asker = new Asker<>(question);
    lock.lock();
    try {
      if (busy == readers) {
        queue.add(asker);
      } else {
        busy++;
        asker.turn.complete(() -> read(asker));
      }
    } finally {
      lock.unlock();
    }
    return await(asker).get();
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

  private Supplier<A> await(Asker<Q, A> asker) {
    try {
      return asker.turn.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      if (leave(asker)) {
        throw new RejectedExecutionException("not read in time", e);
      }
    } catch (InterruptedException e) {
      boolean left = leave(asker);
      Thread.currentThread().interrupt();
      if (left) {
        throw new RejectedExecutionException("interrupted before it was read", e);
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a turn never fails", e);
    }
    // It is being read, or is to read for others, who rely on it.
    return asker.turn.join();
  }

  private boolean leave(Asker<Q, A> asker) {
    lock.lock();
    try {
      return queue.remove(asker);
    } finally {
      lock.unlock();
    }
  }

  private A read(Asker<Q, A> first) {
    List<Asker<Q, A>> group = new ArrayList<>();
    group.add(first);
    lock.lock();
    try {
      while (!queue.isEmpty() && group.size() < MOST) {
        group.add(queue.remove());
      }
    } finally {
      lock.unlock();
    }
    List<A> answers;
    try {
      answers = reading.apply(group.stream().map(Asker::question).toList());
      if (answers.size() != group.size()) {
        throw new IllegalStateException("not as many answers as questions");
      }
    } catch (RuntimeException | Error e) {
      for (Asker<Q, A> other : group.subList(1, group.size())) {
        other.turn.complete(
            () -> {
              throw e;
            });
      }
      throw e;
    } finally {
      handOver();
    }
    for (int i = 1; i < group.size(); i++) {
      A answer = answers.get(i);
      group.get(i).turn.complete(() -> answer);
    }
    return answers.getFirst();
  }

  private void handOver() {
    lock.lock();
    try {
      @Nullable Asker<Q, A> next = queue.poll();
      if (next == null) {
        busy--;
      } else {
        next.turn.complete(() -> read(next));
      }
    } finally {
      lock.unlock();
    }
  }

  private record Asker<Q, A>(Q question, CompletableFuture<Supplier<A>> turn) {
    Asker(Q question) {
      this(question, new CompletableFuture<>());
    }
  }
}
