package io.simplebank.bootstrap.postgres;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The embedded PostgreSQL cannot be started. The message is meant for the operator: it names the
 * directory, what is wrong with it and what to do.
 */
public final class EmbeddedDatabaseException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  EmbeddedDatabaseException(String message) {
    super(message);
  }

  EmbeddedDatabaseException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
