package io.simplebank.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Requests at a steady rate until it is closed, each over a connection of its own and sent once,
 * second by second. The time of each counts from when it was due.
 */
final class Timeline implements AutoCloseable {
  private static final int SENDERS = 16;
  private static final int FAILURES_TOLD = 20;

  private final URI bank;
  private final Load load;
  private final long interval;
  private final long begin = System.nanoTime();
  private final AtomicLong next = new AtomicLong();
  private final ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
  private final List<Histogram> seconds = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private long failed;
  private volatile boolean over;

  /** Begins at once. */
  Timeline(URI bank, Load load, int perSecond) {
    this.bank = bank;
    this.load = load;
    this.interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
    for (int i = 0; i < SENDERS; i++) {
      SplittableRandom random = new SplittableRandom(i);
      senders.execute(() -> send(random));
    }
  }

  private void send(SplittableRandom random) {
    while (!over) {
      long due = begin + next.getAndIncrement() * interval;
      for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
        LockSupport.parkNanos(early);
      }
      String failure = "";
      try (Wire wire = new Wire(bank)) {
        int status = wire.send(load.request(random));
        if (status != load.expectedStatus()) {
          failure = "answered " + status;
        }
      } catch (IOException e) {
        failure = e.toString();
      }
      record(due, System.nanoTime(), failure);
    }
  }

  private synchronized void record(long due, long end, String failure) {
    if (failure.isEmpty()) {
      int second = (int) TimeUnit.NANOSECONDS.toSeconds(due - begin);
      while (seconds.size() <= second) {
        seconds.add(Measured.histogram());
      }
      seconds.get(second).recordValue(TimeUnit.NANOSECONDS.toMicros(end - due));
    } else {
      failed++;
      if (failures.size() < FAILURES_TOLD) {
        failures.add("second %d: %s".formatted(secondsAt(due), failure));
      }
    }
  }

  private long secondsAt(long time) {
    return TimeUnit.NANOSECONDS.toSeconds(time - begin);
  }

  /** The first failures, if there were any. */
  synchronized List<String> failures() {
    return List.copyOf(failures);
  }

  /** How many whole seconds it has lasted. */
  synchronized int seconds() {
    return Math.max(1, seconds.size() - 1);
  }

  synchronized Measured all() {
    Histogram all = Measured.histogram();
    seconds.forEach(all::add);
    return new Measured(all, failed, Duration.ofSeconds(seconds.size()));
  }

  /** How many requests of each second were answered. */
  synchronized List<Double> counts(int upTo) {
    return seconds.subList(0, upTo).stream().map(one -> (double) one.getTotalCount()).toList();
  }

  /** The longest time of each second, in milliseconds. */
  synchronized List<Double> slowest(int upTo) {
    return seconds.subList(0, upTo).stream().map(one -> one.getMaxValue() / 1000.0).toList();
  }

  /** Sends no more, and waits for what is under way. */
  @Override
  public void close() {
    over = true;
    senders.close();
  }

  /** What happened meanwhile, and when. */
  static final class Marks {
    private final List<String> names = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();

    void add(String name) {
      names.add(name);
      times.add(System.nanoTime());
    }

    void on(Plot plot, Timeline timeline) {
      for (int i = 0; i < names.size(); i++) {
        plot.mark(Math.toIntExact(timeline.secondsAt(times.get(i))), names.get(i));
      }
    }
  }
}
