package io.simplebank.adapter.persistence.audit;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.simplebank.adapter.persistence.Columns;
import io.simplebank.domain.audit.AuditEvent;
import io.simplebank.domain.port.out.AuditLog;
import io.simplebank.domain.port.out.Transactions;
import jakarta.inject.Singleton;
import java.util.List;

@Singleton
final class PostgresAuditLog implements AuditLog {
  private static final String RECORD =
      """
      INSERT INTO audit_log (at, actor, action, subject, detail, client_address, session_id)
        SELECT at, actor, action, subject, detail, client_address, session_id
        FROM unnest(?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
          ?::uuid[]) AS new (at, actor, action, subject, detail, client_address, session_id)
      """;

  private final JdbcOperations jdbc;
  private final Transactions transactions;

  PostgresAuditLog(JdbcOperations jdbc, Transactions transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  @Override
  public void record(List<AuditEvent> events) {
    int recorded =
        transactions.inTransaction(
            () ->
                jdbc.prepareStatement(
                    RECORD,
                    statement -> {
                      Columns columns = new Columns(statement);
                      columns.times(events, AuditEvent::at);
                      columns.texts(
                          events, event -> event.actor() == null ? null : event.actor().value());
                      columns.texts(events, event -> event.action().code());
                      columns.texts(events, AuditEvent::subject);
                      columns.texts(events, AuditEvent::detail);
                      columns.texts(events, AuditEvent::clientAddress);
                      columns.uuids(events, AuditEvent::session);
                      return statement.executeUpdate();
                    }));
    if (recorded != events.size()) {
      throw new IllegalStateException(
          "the database has written " + recorded + " rows instead of " + events.size());
    }
  }
}
