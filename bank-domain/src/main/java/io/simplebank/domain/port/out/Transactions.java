package io.simplebank.domain.port.out;

import java.util.function.Supplier;

/** The boundary within which all that is written is kept, or none of it. */
public interface Transactions {
  /**
   * Runs the work in one transaction, READ COMMITTED, and returns its result once that is durable.
   * When the work throws, nothing of it is kept and the exception is passed on.
   *
   * <p>The work may run inside an outer call of this method, of which it is then a part.
   */
  <T> T inTransaction(Supplier<T> work);

  /**
   * The same for work that can see in the store whether an earlier run of it was kept. It is run
   * again, a few times, when the connection to the store is lost, be it in the commit, of which
   * then nobody knows whether it went through; or when another transaction came first.
   *
   * <p>When the last run fails too, its exception is passed on. A caller who learns that the work
   * was not begun can rely on it: no earlier run may have been kept then.
   */
  <T> T inRepeatableTransaction(Supplier<T> work);
}
