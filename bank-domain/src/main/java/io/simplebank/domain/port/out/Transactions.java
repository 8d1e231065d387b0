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
}
