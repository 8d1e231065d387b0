package io.simplebank.bootstrap;

import io.simplebank.domain.port.out.PasswordHasher;
import io.simplebank.domain.user.Password;
import io.simplebank.domain.user.PasswordHash;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Lets a few threads of its own do the hashing, so that no storm of logins takes the processors
 * from the transfers. Requests run on virtual threads, which share as many carriers as there are
 * processors and give none back while they compute; the threads here compete for processors with
 * everybody else instead.
 *
 * <p>Whoever comes while all threads are busy waits in a queue, and is refused at once when that is
 * full.
 */
final class BoundedPasswordHasher implements PasswordHasher, AutoCloseable {
  /** How long the last in the queue waits, about: longer, and people would try again meanwhile. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /**
   * What a processor of today takes, about. To measure it at start would measure how busy the
   * machine is just then, and a Java that has not warmed up.
   */
  private static final Duration USUAL_DURATION = Duration.ofMillis(250);

  private static final int USUAL_COST = 12;

  private final PasswordHasher hasher;
  private final ThreadPoolExecutor threads;

  /**
   * @param hasher does the work
   * @param threads how many passwords are hashed at a time
   * @param queue how many more may wait
   */
  BoundedPasswordHasher(PasswordHasher hasher, int threads, int queue) {
    this.hasher = hasher;
    this.threads =
        new ThreadPoolExecutor(
            threads,
            threads,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(queue),
            Thread.ofPlatform().daemon().name("password-hasher-", 0).factory());
  }

  /** Bcrypt, with a queue as long as what that many threads hash in a few seconds. */
  static BoundedPasswordHasher bcrypt(int cost, int threads) {
    Duration each =
        cost < USUAL_COST
            ? USUAL_DURATION.dividedBy(1L << (USUAL_COST - cost))
            : USUAL_DURATION.multipliedBy(1L << (cost - USUAL_COST));
    return new BoundedPasswordHasher(new BcryptPasswordHasher(cost), threads, queue(threads, each));
  }

  /** How many may wait for that many threads, each of which takes that long for one. */
  static int queue(int threads, Duration each) {
    return Math.clamp(
        threads * PATIENCE.toNanos() / Math.max(1, each.toNanos()), 1, Integer.MAX_VALUE);
  }

  @Override
  public PasswordHash hash(Password password) {
    return inTurn(() -> hasher.hash(password));
  }

  @Override
  public boolean matches(Password password, PasswordHash hash) {
    return inTurn(() -> hasher.matches(password, hash));
  }

  private <T> T inTurn(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    threads.execute(task);
    try {
      return task.get();
    } catch (InterruptedException e) {
      // Nobody waits for the answer any more: make room for somebody who does.
      task.cancel(false);
      threads.remove(task);
      Thread.currentThread().interrupt();
      throw new RejectedExecutionException("interrupted before the password was hashed", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a password could not be hashed", e.getCause());
    }
  }

  /** Takes no more, and returns when what has been taken is done. */
  @Override
  public void close() {
    threads.close();
  }
}
