package io.simplebank.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * People who log in over and over, each as soon as they are in. Their passwords are right, since
 * whoever guesses is soon not listened to any more; and who is told to come back later does.
 */
final class LoginLoad {
  private static final int OK = 200;

  private final List<Customer> people;
  private final LongAdder logins = new LongAdder();
  private final LongAdder refusals = new LongAdder();

  /** Registers so many people at that bank. */
  LoginLoad(URI bank, int people) throws InterruptedException, ExecutionException {
    List<Future<Customer>> registrations = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < people; i++) {
        String username = "visitor-" + i;
        registrations.add(threads.submit(() -> Customer.registered(bank, username)));
      }
    }
    this.people = new ArrayList<>();
    for (Future<Customer> registration : registrations) {
      this.people.add(registration.get());
    }
  }

  /** Everybody begins. */
  Storm begin(URI bank) {
    return new Storm(bank);
  }

  /** How often somebody has got in. */
  long logins() {
    return logins.sum();
  }

  /** How often somebody was told to come back later. */
  long refusals() {
    return refusals.sum();
  }

  /** Everybody logs in until it ends. */
  final class Storm {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> visits = new ArrayList<>();
    private volatile boolean over;

    private Storm(URI bank) {
      for (Customer visitor : people) {
        visits.add(threads.submit(() -> logInOverAndOver(visitor, bank)));
      }
    }

    private @Nullable Void logInOverAndOver(Customer visitor, URI bank)
        throws IOException, InterruptedException {
      while (!over) {
        HttpResponse<Void> answer =
            Customer.HTTP.send(visitor.login(bank), BodyHandlers.discarding());
        if (answer.statusCode() == OK) {
          logins.increment();
        } else {
          refusals.increment();
          Thread.sleep(
              Duration.ofSeconds(answer.headers().firstValueAsLong("Retry-After").orElseThrow()));
        }
      }
      return null;
    }

    /** Returns when everybody has their last answer. */
    void end() throws InterruptedException, ExecutionException {
      over = true;
      threads.close();
      for (Future<?> visit : visits) {
        visit.get();
      }
    }
  }
}
