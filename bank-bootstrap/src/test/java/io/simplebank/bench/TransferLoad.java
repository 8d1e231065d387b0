package io.simplebank.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Transfers among a few customers at a fixed rate, whatever the bank makes of them. The time of
 * each counts from when it was due, not from when it could be sent, so that a bank that stalls
 * cannot keep the waiting out of the figures.
 */
final class TransferLoad {
  /** Longer than any request may take. */
  static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(10);

  /** How exactly times are kept, in significant digits. */
  static final int DIGITS = 3;

  private static final int CUSTOMERS = 10;
  private static final long FUNDS = 1_000_000;
  private static final int CREATED = 201;

  private final int perSecond;
  private final List<Customer> customers = new ArrayList<>();
  private final List<Long> accounts = new ArrayList<>();
  private final LongAdder failures = new LongAdder();

  /** Opens accounts with money on them at that bank. */
  TransferLoad(URI bank, int perSecond) throws IOException, InterruptedException {
    this.perSecond = perSecond;
    Customer banker = Customer.loggedIn(bank, RunningBank.BANKER, RunningBank.BANKERS_PASSWORD);
    for (int i = 0; i < CUSTOMERS; i++) {
      Customer customer = Customer.registered(bank, "payer-" + i);
      long account = customer.openAccount(bank);
      banker.deposit(bank, account, FUNDS);
      customers.add(customer);
      accounts.add(account);
    }
  }

  /** Transfers for so long; returns how long each took, in microseconds. */
  Histogram run(URI bank, Duration length) throws InterruptedException {
    int transfers = Math.toIntExact(length.toSeconds() * perSecond);
    long interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
    Histogram times = new ConcurrentHistogram(LONGEST_MICROS, DIGITS);
    CountDownLatch answers = new CountDownLatch(transfers);
    long begin = System.nanoTime();
    for (int i = 0; i < transfers; i++) {
      HttpRequest transfer = transfer(bank, i % CUSTOMERS);
      long due = begin + i * interval;
      for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
        LockSupport.parkNanos(early);
      }
      var _ =
          Customer.HTTP
              .sendAsync(transfer, BodyHandlers.discarding())
              .whenComplete(
                  (answer, failure) -> {
                    times.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - due));
                    if (failure != null || answer.statusCode() != CREATED) {
                      failures.increment();
                    }
                    answers.countDown();
                  });
    }
    answers.await();
    return times;
  }

  /** How many transfers were not posted, whatever the reason. */
  long failures() {
    return failures.sum();
  }

  private HttpRequest transfer(URI bank, int payer) {
    return customers
        .get(payer)
        .transfer(bank, accounts.get(payer), accounts.get((payer + 1) % CUSTOMERS));
  }
}
