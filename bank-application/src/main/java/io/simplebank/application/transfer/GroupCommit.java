package io.simplebank.application.transfer;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes requests in groups: those that arrive while one group is being written form the next, in
 * the order in which they came. Nobody waits for company: a request that finds a writer idle is
 * written at once, and alone.
 *
 * <p>Each caller gets what became of their own request. When a group fails as a whole and nothing
 * of it was kept, it is halved until whoever is to blame stands alone; the others are served.
 *
 * @param <Q> what is asked for
 * @param <R> what is replied
 */
public final class GroupCommit<Q, R> implements AutoCloseable {
  private static final Duration IDLE = Duration.ofMinutes(1);
  private static final String TOO_LONG = "not written in time";
  private static final String IN_DOUBT = "it is not known whether it was written";

  private final Function<List<Q>, Attempt<R>> writing;
  private final ToIntFunction<Q> size;
  private final Limits limits;
  private final Consumer<Group> observer;
  private final LongSupplier nanoTime;
  private final ThreadPoolExecutor writers;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Entrant<Q, R>> queue = new ArrayDeque<>();
  private int waiting;
  private int writersAtWork;
  private boolean closed;
  private boolean watched;

  /**
   * Takes requests until it is closed.
   *
   * @param writing writes a group, one reply for each request in their order
   * @param size how many transfers may come of a request
   * @param limits how much is taken on
   * @param observer is told of every group when its callers have been told, by the thread that
   *     wrote it: to count, not to work
   * @param nanoTime nanoseconds since whenever, as {@link System#nanoTime}: no wait becomes longer
   *     or shorter because somebody sets the clock
   */
  GroupCommit(
      Function<List<Q>, Attempt<R>> writing,
      ToIntFunction<Q> size,
      Limits limits,
      Consumer<Group> observer,
      LongSupplier nanoTime) {
    this.writing = writing;
    this.size = size;
    this.limits = limits;
    this.observer = observer;
    this.nanoTime = nanoTime;
    // Not virtual threads: those share their processors with the requests, and whoever writes for
    // all must not queue behind each.
    this.writers =
        new ThreadPoolExecutor(
            limits.writers(),
            limits.writers(),
            IDLE.toSeconds(),
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("transfer-writer-", 0).factory());
    this.writers.allowCoreThreadTimeOut(true);
  }

  /**
   * How much is taken on.
   *
   * @param writers how many groups may be written at a time
   * @param group how many transfers are written in one transaction; a request that alone is larger
   *     is written alone
   * @param queue how many transfers may wait to be written
   * @param patience how long a request waits to be written; then it is not
   */
  public record Limits(int writers, int group, int queue, Duration patience) {
    /** What is good for most: the patience is that of the database pool. */
    public static final Limits USUAL = new Limits(1, 1000, 10_000, Duration.ofSeconds(5));

    /**
     * @throws IllegalArgumentException when one of them is not positive
     */
    public Limits {
      if (writers < 1 || group < 1 || queue < group || !patience.isPositive()) {
        throw new IllegalArgumentException("limits are positive, and a group fits into the queue");
      }
    }

    /** The same, with another patience. */
    public Limits withPatience(Duration other) {
      return new Limits(writers, group, queue, other);
    }
  }

  /**
   * What there is to know of a group that was written, or was tried to.
   *
   * @param requests how many requests it held
   * @param transfers how many transfers could come of them
   * @param waited how long the first of them had waited
   * @param took how long it took to write them all
   */
  public record Group(int requests, int transfers, Duration waited, Duration took) {}

  /**
   * What came of trying to write a group.
   *
   * @param <R> what is replied
   */
  sealed interface Attempt<R> {
    /**
     * It is durable.
     *
     * @param replies one for each request
     */
    record Written<R>(List<R> replies) implements Attempt<R> {}

    /** It failed, and nothing of it was kept or will be: a part of it may be tried again. */
    record Undone<R>(Throwable failure) implements Attempt<R> {}

    /** It was not begun, and nothing can be at the moment. */
    record Refused<R>(RejectedExecutionException reason) implements Attempt<R> {}

    /** Nobody knows whether it was kept: no part of it may be tried again. */
    record Unknown<R>(Throwable failure) implements Attempt<R> {}
  }

  /**
   * The reply to the request, once what it did is durable. It fails with a {@link
   * RejectedExecutionException} when nothing was done and nothing will be: too many wait already,
   * it has waited too long, nothing can be written at the moment, or this is closed.
   *
   * <p>Must not be called within a transaction, of which what is written would be no part. Whatever
   * is done with the reply is done by the writer's thread, before it writes anything else.
   */
  CompletionStage<R> submit(Q request) {
    try {
      return enter(request).reply.thenApply(Supplier::get);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  /**
   * Waits for the reply to the request, as it is told in {@link #submit}. Who is interrupted while
   * their request is being written learns what came of it all the same.
   *
   * @throws RejectedExecutionException when nothing was done and nothing will be
   */
  R post(Q request) {
    Entrant<Q, R> entrant = enter(request);
    try {
      return entrant.reply.get().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      if (leave(entrant)) {
        throw new RejectedExecutionException("interrupted before it was written", e);
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("replies are never exceptional", e);
    }
    return entrant.reply.join().get();
  }

  private Entrant<Q, R> enter(Q request) {
    int transfers = Math.max(1, size.applyAsInt(request));
    lock.lock();
    try {
      if (closed) {
        throw new RejectedExecutionException("closed");
      }
      if (transfers > limits.queue() - waiting) {
        throw new RejectedExecutionException(waiting + " transfers wait already");
      }
      if (writersAtWork < limits.writers()) {
        writers.execute(this::writeWhileSomebodyWaits);
        writersAtWork++;
      }
      if (!watched) {
        watchFor(limits.patience().toNanos());
      }
      // Under the lock: who stands before another has come before.
      Entrant<Q, R> entrant = new Entrant<>(request, transfers, nanoTime.getAsLong());
      queue.add(entrant);
      waiting += entrant.size;
      return entrant;
    } finally {
      lock.unlock();
    }
  }

  /** Whether it was still waiting: then it is not written any more. */
  private boolean leave(Entrant<Q, R> entrant) {
    lock.lock();
    try {
      boolean left = queue.remove(entrant);
      if (left) {
        waiting -= entrant.size;
      }
      return left;
    } finally {
      lock.unlock();
    }
  }

  /** One watch for all, while the writers may hang: a timer for each would cost more. */
  private void watchFor(long nanos) {
    watched = true;
    CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS).execute(this::refuseTheLate);
  }

  private void refuseTheLate() {
    List<Entrant<Q, R>> late;
    lock.lock();
    try {
      long now = nanoTime.getAsLong();
      late = takeTheLate(now);
      Entrant<Q, R> first = queue.peek();
      watched = false;
      if (first != null) {
        watchFor(limits.patience().toNanos() - (now - first.arrival));
      }
    } finally {
      lock.unlock();
    }
    late.forEach(entrant -> entrant.refuse(TOO_LONG, null));
  }

  /** Those who have waited too long, who all stand in front. Needs the lock. */
  private List<Entrant<Q, R>> takeTheLate(long now) {
    List<Entrant<Q, R>> late = new ArrayList<>();
    for (Entrant<Q, R> first = queue.peek();
        first != null && now - first.arrival >= limits.patience().toNanos();
        first = queue.peek()) {
      late.add(takeTheFirst());
    }
    return late;
  }

  private Entrant<Q, R> takeTheFirst() {
    Entrant<Q, R> first = queue.remove();
    waiting -= first.size;
    return first;
  }

  private void writeWhileSomebodyWaits() {
    boolean done = false;
    try {
      for (List<Entrant<Q, R>> group = next(); !group.isEmpty(); group = next()) {
        write(group);
      }
      done = true;
    } finally {
      if (!done) {
        // A failing observer or a lack of memory ends this thread: the next one goes on.
        writers.execute(this::writeWhileSomebodyWaits);
      }
    }
  }

  /** The next group; when it is empty, nobody waits and this writer's work is over. */
  private List<Entrant<Q, R>> next() {
    List<Entrant<Q, R>> group = new ArrayList<>();
    List<Entrant<Q, R>> late;
    lock.lock();
    try {
      late = takeTheLate(nanoTime.getAsLong());
      int transfers = 0;
      for (Entrant<Q, R> first = queue.peek();
          first != null && (group.isEmpty() || first.size <= limits.group() - transfers);
          first = queue.peek()) {
        group.add(takeTheFirst());
        transfers += first.size;
      }
      if (group.isEmpty()) {
        writersAtWork--;
      }
    } finally {
      lock.unlock();
    }
    late.forEach(entrant -> entrant.refuse(TOO_LONG, null));
    return group;
  }

  private void write(List<Entrant<Q, R>> group) {
    long begin = nanoTime.getAsLong();
    try {
      writeInParts(group);
    } catch (RuntimeException | Error e) {
      // Whatever has gone wrong, nobody waits for ever. Who has a reply already keeps it.
      group.forEach(entrant -> entrant.fail(new IllegalStateException(IN_DOUBT, e)));
    }
    observer.accept(
        new Group(
            group.size(),
            group.stream().mapToInt(entrant -> entrant.size).sum(),
            Duration.ofNanos(begin - group.getFirst().arrival),
            Duration.ofNanos(nanoTime.getAsLong() - begin)));
  }

  private void writeInParts(List<Entrant<Q, R>> group) {
    Deque<List<Entrant<Q, R>>> parts = new ArrayDeque<>();
    parts.add(group);
    for (List<Entrant<Q, R>> part = parts.poll(); part != null; part = parts.poll()) {
      switch (writing.apply(part.stream().map(entrant -> entrant.request).toList())) {
        case Attempt.Written<R>(var replies) -> {
          for (int i = 0; i < part.size(); i++) {
            part.get(i).tell(replies.get(i));
          }
        }
        case Attempt.Undone<R>(var failure) -> {
          if (part.size() == 1) {
            part.getFirst().fail(failure);
          } else {
            parts.push(part.subList(part.size() / 2, part.size()));
            parts.push(part.subList(0, part.size() / 2));
          }
        }
        case Attempt.Unknown<R>(var failure) ->
            part.forEach(entrant -> entrant.fail(new IllegalStateException(IN_DOUBT, failure)));
        case Attempt.Refused<R>(var reason) -> {
          // The rest of the group would be kept waiting, only to hear the same.
          part.forEach(entrant -> entrant.refuse(reason.getMessage(), reason));
          parts.forEach(
              rest -> rest.forEach(entrant -> entrant.refuse(reason.getMessage(), reason)));
          parts.clear();
        }
      }
    }
  }

  /** How many transfers wait to be written. */
  int waiting() {
    lock.lock();
    try {
      return waiting;
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more, and returns when all who have been let in are served. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    writers.close();
  }

  /** A request on its way, and the reply for which its caller waits. */
  private static final class Entrant<Q, R> {
    private final Q request;
    private final int size;
    private final long arrival;
    private final CompletableFuture<Supplier<R>> reply = new CompletableFuture<>();

    Entrant(Q request, int size, long arrival) {
      this.request = request;
      this.size = size;
      this.arrival = arrival;
    }

    void tell(R told) {
      reply.complete(() -> told);
    }

    /** An exception of the caller's own, because a group shares the reason. */
    void refuse(@Nullable String message, @Nullable Throwable reason) {
      reply.complete(
          () -> {
            throw new RejectedExecutionException(message, reason);
          });
    }

    void fail(Throwable failure) {
      reply.complete(
          () -> {
            throw failure instanceof RuntimeException known
                ? known
                : new IllegalStateException(failure);
          });
    }
  }
}
