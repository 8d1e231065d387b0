package io.simplebank.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/** Requests over a number of connections, each of which sends one after the other. */
final class Load {
  private final URI bank;
  private final int expectedStatus;
  private final Function<SplittableRandom, byte[]> requests;

  /**
   * @param expectedStatus of every answer; others are failures
   * @param requests makes one request after the other
   */
  Load(URI bank, int expectedStatus, Function<SplittableRandom, byte[]> requests) {
    this.bank = bank;
    this.expectedStatus = expectedStatus;
    this.requests = requests;
  }

  /** The next request. */
  byte[] request(SplittableRandom random) {
    return requests.apply(random);
  }

  int expectedStatus() {
    return expectedStatus;
  }

  /** Every connection sends as soon as it has been answered: as much as there can be. */
  Measured flatOut(int connections, Duration length)
      throws InterruptedException, ExecutionException {
    long end = System.nanoTime() + length.toNanos();
    return run(
        connections,
        (wire, random, share) -> {
          for (long begin = System.nanoTime(); begin < end; begin = System.nanoTime()) {
            share.send(wire, requests.apply(random), begin);
          }
        });
  }

  /**
   * As many requests a second, whatever the bank makes of them. The time of each counts from when
   * it was due, so that a bank that stalls cannot keep the waiting out of the figures.
   */
  Measured atRate(int connections, int perSecond, Duration length)
      throws InterruptedException, ExecutionException {
    long requestsInAll = length.toSeconds() * perSecond;
    long interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
    AtomicLong next = new AtomicLong();
    long begin = System.nanoTime();
    return run(
        connections,
        (wire, random, share) -> {
          for (long i = next.getAndIncrement(); i < requestsInAll; i = next.getAndIncrement()) {
            long due = begin + i * interval;
            for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
              LockSupport.parkNanos(early);
            }
            share.send(wire, requests.apply(random), due);
          }
        });
  }

  private Measured run(int connections, Sender sender)
      throws InterruptedException, ExecutionException {
    Histogram micros = Measured.histogram();
    long failures = 0;
    long begin = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
      List<Callable<Share>> senders = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        SplittableRandom random = new SplittableRandom(i);
        senders.add(
            () -> {
              Share share = new Share();
              try (Wire wire = new Wire(bank)) {
                sender.send(wire, random, share);
              }
              return share;
            });
      }
      for (Future<Share> share : threads.invokeAll(senders)) {
        micros.add(share.get().micros);
        failures += share.get().failures;
      }
    }
    return new Measured(micros, failures, Duration.ofNanos(System.nanoTime() - begin));
  }

  /** What one connection sends. */
  private interface Sender {
    void send(Wire wire, SplittableRandom random, Share share) throws IOException;
  }

  /** What came of the requests of one connection. */
  private final class Share {
    private final Histogram micros = Measured.histogram();
    private long failures;

    void send(Wire wire, byte[] request, long begin) throws IOException {
      if (wire.send(request) == expectedStatus) {
        micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin));
      } else {
        failures++;
      }
    }
  }
}
