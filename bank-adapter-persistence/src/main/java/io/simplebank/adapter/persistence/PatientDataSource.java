package io.simplebank.adapter.persistence;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits while no connection can be had, and says so once: for those that nobody is waiting for, and
 * who would otherwise fail, and log that they have, again and again.
 */
final class PatientDataSource {
  private static final Logger LOG = LoggerFactory.getLogger(PatientDataSource.class);
  private static final long PAUSE_SECONDS = 1;

  private final DataSource pool;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicBoolean waiting = new AtomicBoolean();

  PatientDataSource(DataSource pool) {
    this.pool = pool;
  }

  DataSource asDataSource() {
    return (DataSource)
        Proxy.newProxyInstance(
            DataSource.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (self, method, arguments) -> {
              while (true) {
                try {
                  Object result = method.invoke(pool, arguments);
                  if (waiting.compareAndSet(true, false)) {
                    LOG.info("the database is there again: jobs go on");
                  }
                  return result;
                } catch (InvocationTargetException e) {
                  if (!(e.getCause() instanceof RejectedExecutionException rejected)) {
                    throw e.getCause();
                  }
                  if (waiting.compareAndSet(false, true)) {
                    LOG.warn("jobs wait until a connection can be had: {}", rejected.getMessage());
                  }
                  if (stopped.await(PAUSE_SECONDS, TimeUnit.SECONDS)) {
                    throw rejected;
                  }
                }
              }
            });
  }

  /** From now on, whoever gets no connection is told so. */
  void stopWaiting() {
    stopped.countDown();
  }
}
