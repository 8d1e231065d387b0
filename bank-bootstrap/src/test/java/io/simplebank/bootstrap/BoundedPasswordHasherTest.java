package io.simplebank.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplebank.domain.port.out.PasswordHasher;
import io.simplebank.domain.port.out.PasswordHasherContract;
import io.simplebank.domain.user.Password;
import io.simplebank.domain.user.PasswordHash;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BoundedPasswordHasherTest extends PasswordHasherContract {
  private static final Password PASSWORD = new Password("correct horse");
  private static final PasswordHash HASH = new PasswordHash("hash");

  private final BoundedPasswordHasher bcrypt = BoundedPasswordHasher.bcrypt(4, 2);

  @Override
  protected PasswordHasher hasher() {
    return bcrypt;
  }

  @AfterEach
  void stop() {
    bcrypt.close();
  }

  @Test
  void refuses_at_once_what_it_cannot_take_and_loses_nothing_that_it_took() throws Exception {
    Door door = new Door();
    try (BoundedPasswordHasher hasher = new BoundedPasswordHasher(door, 2, 3)) {
      Crowd crowd = new Crowd(hasher, 20);
      crowd.awaitRefused(15);
      assertThat(crowd.hashed()).isZero();

      door.open();

      crowd.awaitHashed(5);
      assertThat(door.passed()).isEqualTo(5);
      // With the queue empty again, the next is welcome.
      assertThat(hasher.matches(PASSWORD, HASH)).isTrue();
    }
  }

  @Test
  void gives_the_place_of_who_gives_up_to_another() throws Exception {
    Door door = new Door();
    try (BoundedPasswordHasher hasher = new BoundedPasswordHasher(door, 1, 1)) {
      Crowd first = new Crowd(hasher, 1);
      door.awaitSomebody();
      CompletableFuture<Boolean> stillInterrupted = new CompletableFuture<>();
      Thread waiting =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      hasher.hash(PASSWORD);
                    } catch (RejectedExecutionException e) {
                      stillInterrupted.complete(Thread.currentThread().isInterrupted());
                    }
                  });
      waiting.interrupt();
      assertThat(stillInterrupted.get(30, TimeUnit.SECONDS)).isTrue();

      Crowd others = new Crowd(hasher, 2);
      others.awaitRefused(1);
      door.open();

      first.awaitHashed(1);
      others.awaitHashed(1);
      assertThat(door.passed()).isEqualTo(2);
    }
  }

  @Test
  void finishes_what_it_has_taken_before_it_stops() throws Exception {
    Door door = new Door();
    BoundedPasswordHasher hasher = new BoundedPasswordHasher(door, 1, 1);
    Crowd crowd = new Crowd(hasher, 3);
    crowd.awaitRefused(1);

    CompletableFuture<Void> stopped = CompletableFuture.runAsync(hasher::close);
    door.open();

    crowd.awaitHashed(2);
    stopped.get(30, TimeUnit.SECONDS);
    assertThatThrownBy(() -> hasher.hash(PASSWORD)).isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void says_why_a_password_could_not_be_hashed() {
    PasswordHash unreadable = new PasswordHash("not made by bcrypt");
    PasswordHasher broken =
        new PasswordHasher() {
          @Override
          public PasswordHash hash(Password password) {
            throw new IllegalArgumentException("no such algorithm");
          }

          @Override
          public boolean matches(Password password, PasswordHash hash) {
            throw new IllegalArgumentException("no such algorithm");
          }
        };
    try (BoundedPasswordHasher hasher = new BoundedPasswordHasher(broken, 1, 1)) {
      assertThatThrownBy(() -> hasher.matches(PASSWORD, unreadable))
          .isInstanceOf(IllegalStateException.class)
          .hasRootCauseMessage("no such algorithm");
      // The thread that met it has not died of it.
      assertThatThrownBy(() -> hasher.hash(PASSWORD)).hasRootCauseMessage("no such algorithm");
    }
  }

  @Test
  void lets_as_many_wait_as_are_hashed_in_a_few_seconds() {
    assertThat(BoundedPasswordHasher.queue(1, Duration.ofMillis(250))).isEqualTo(12);
    assertThat(BoundedPasswordHasher.queue(4, Duration.ofMillis(250))).isEqualTo(48);
    assertThat(BoundedPasswordHasher.queue(1, Duration.ofMinutes(1))).isEqualTo(1);
    assertThat(BoundedPasswordHasher.queue(64, Duration.ZERO)).isEqualTo(Integer.MAX_VALUE);
  }

  /** A hasher that nobody leaves before its door is opened. */
  private static final class Door implements PasswordHasher {
    private final CountDownLatch opened = new CountDownLatch(1);
    private final CountDownLatch somebody = new CountDownLatch(1);
    private final AtomicInteger passed = new AtomicInteger();

    @Override
    public PasswordHash hash(Password password) {
      somebody.countDown();
      await(opened);
      passed.incrementAndGet();
      return HASH;
    }

    @Override
    public boolean matches(Password password, PasswordHash hash) {
      return hash(password).equals(hash);
    }

    void open() {
      opened.countDown();
    }

    void awaitSomebody() {
      await(somebody);
    }

    int passed() {
      return passed.get();
    }
  }

  /** People who all want a password hashed at the same time. */
  private static final class Crowd {
    private final BlockingQueue<PasswordHash> hashed = new LinkedBlockingQueue<>();
    private final BlockingQueue<RejectedExecutionException> refused = new LinkedBlockingQueue<>();

    Crowd(PasswordHasher hasher, int people) {
      for (int i = 0; i < people; i++) {
        Thread.ofVirtual().start(() -> ask(hasher));
      }
    }

    private void ask(PasswordHasher hasher) {
      try {
        hashed.add(hasher.hash(PASSWORD));
      } catch (RejectedExecutionException e) {
        refused.add(e);
      }
    }

    /** Waits until that many, and no more, have been refused. */
    void awaitRefused(int people) throws InterruptedException {
      awaitExactly(people, refused);
    }

    /** Waits until that many, and no more, have their hash. */
    void awaitHashed(int people) throws InterruptedException {
      awaitExactly(people, hashed);
    }

    int hashed() {
      return hashed.size();
    }

    private static void awaitExactly(int people, BlockingQueue<?> queue)
        throws InterruptedException {
      for (int i = 0; i < people; i++) {
        assertThat(queue.poll(30, TimeUnit.SECONDS)).as("number %d", i).isNotNull();
      }
      assertThat(queue).isEmpty();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
