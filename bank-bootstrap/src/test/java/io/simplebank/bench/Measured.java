package io.simplebank.bench;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What came of some load.
 *
 * @param micros how long each request took that was answered as it should be
 * @param failures how many were not
 * @param length how long the load lasted
 */
record Measured(Histogram micros, long failures, Duration length) {
  /** An empty histogram for times up to what any request may take. */
  static Histogram histogram() {
    return new Histogram(TimeUnit.MINUTES.toMicros(10), 3);
  }

  double perSecond() {
    return micros.getTotalCount() * 1e9 / length.toNanos();
  }

  double millis(double percentile) {
    return micros.getValueAtPercentile(percentile) / 1000.0;
  }
}
