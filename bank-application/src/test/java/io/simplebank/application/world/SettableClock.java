package io.simplebank.application.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that moves only when a test says so. */
public final class SettableClock implements InstantSource {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-01T10:15:30.123456Z"));

  @Override
  public Instant instant() {
    return now.get();
  }

  /** The same time as nanoseconds, as {@link System#nanoTime} would tell it. */
  public long nanoTime() {
    return ChronoUnit.NANOS.between(Instant.EPOCH, now.get());
  }

  public void advance(Duration by) {
    now.updateAndGet(instant -> instant.plus(by));
  }
}
