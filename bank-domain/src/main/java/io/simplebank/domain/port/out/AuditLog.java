package io.simplebank.domain.port.out;

import io.simplebank.domain.audit.AuditEvent;
import java.util.List;

/** Where what was done is written down for good. */
public interface AuditLog {
  /** Writes the events down, in one round trip and as a part of the surrounding transaction. */
  void record(List<AuditEvent> events);

  /** Writes one event down. */
  default void record(AuditEvent event) {
    record(List.of(event));
  }
}
