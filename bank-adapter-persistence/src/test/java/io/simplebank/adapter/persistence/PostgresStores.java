package io.simplebank.adapter.persistence;

import io.micronaut.context.ApplicationContext;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.jdbc.DataSourceResolver;
import io.simplebank.domain.audit.AuditEvent;
import io.simplebank.domain.port.out.AccountRepository;
import io.simplebank.domain.port.out.AnswerRepository;
import io.simplebank.domain.port.out.AttemptRepository;
import io.simplebank.domain.port.out.AuditLog;
import io.simplebank.domain.port.out.EmailVerificationRepository;
import io.simplebank.domain.port.out.EntryRepository;
import io.simplebank.domain.port.out.Ledger;
import io.simplebank.domain.port.out.LedgerRecords;
import io.simplebank.domain.port.out.SessionRepository;
import io.simplebank.domain.port.out.Stores;
import io.simplebank.domain.port.out.Transactions;
import io.simplebank.domain.port.out.TransferRepository;
import io.simplebank.domain.port.out.UserRepository;
import io.simplebank.domain.port.out.VerificationMailQueue;
import io.simplebank.domain.user.EmailAddress;
import io.simplebank.domain.user.PasswordHash;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.User;
import io.simplebank.domain.user.Username;
import io.simplebank.domain.user.VerificationId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** The adapters under test, on a migrated database of their own. */
final class PostgresStores implements Stores {
  private static final PostgresStores SHARED = onDatabase(TestDatabase.createDatabase());

  private final ApplicationContext context;

  private PostgresStores(String jdbcUrl) {
    context = start(jdbcUrl, "datasources.default.maximum-pool-size", "20");
  }

  /** The adapters alone, on a new database, with one setting more; the caller closes them. */
  static ApplicationContext onNewDatabase(String key, String value) {
    return start(TestDatabase.createDatabase(), key, value);
  }

  /** A user on such a database, whose other properties do not matter. */
  static void register(ApplicationContext context, Username username, Instant at) {
    context
        .getBean(UserRepository.class)
        .insert(
            User.registered(
                username,
                Role.DEPOSITOR,
                "A",
                new EmailAddress(username.value() + "@example.com"),
                new PasswordHash("x"),
                at));
  }

  /** The adapters alone, with one setting more; the caller closes them. */
  static ApplicationContext start(String jdbcUrl, String key, String value) {
    return ApplicationContext.run(
        Map.of(
            "datasources.default.url",
            jdbcUrl,
            "datasources.default.username",
            TestDatabase.username(),
            "datasources.default.password",
            TestDatabase.password(),
            "flyway.datasources.default.enabled",
            "true",
            key,
            value));
  }

  /** On a database that tests share, started once for all of them. */
  static PostgresStores shared() {
    return SHARED;
  }

  /** On a database of the caller's. It is migrated first, and left when this JVM ends. */
  static PostgresStores onDatabase(String jdbcUrl) {
    PostgresStores stores = new PostgresStores(jdbcUrl);
    Runtime.getRuntime().addShutdownHook(new Thread(stores.context::close));
    return stores;
  }

  /** Gives its connections back before this JVM ends, where many are started. */
  void close() {
    context.close();
  }

  /** The pool itself: the framework's data source gives connections to its own callers only. */
  DataSource pool() {
    return context.getBean(DataSourceResolver.class).resolve(context.getBean(DataSource.class));
  }

  /** For statements past the stores, in the transaction that surrounds them. */
  JdbcOperations jdbc() {
    return context.getBean(JdbcOperations.class);
  }

  /** The number of the session that the surrounding transaction runs in. */
  int session() {
    return jdbc()
        .prepareStatement(
            "SELECT pg_backend_pid()",
            statement -> {
              try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
              }
            });
  }

  @Override
  public UserRepository users() {
    return context.getBean(UserRepository.class);
  }

  @Override
  public SessionRepository sessions() {
    return context.getBean(SessionRepository.class);
  }

  @Override
  public AttemptRepository attempts() {
    return context.getBean(AttemptRepository.class);
  }

  @Override
  public EmailVerificationRepository verifications() {
    return context.getBean(EmailVerificationRepository.class);
  }

  @Override
  public VerificationMailQueue verificationMails() {
    return context.getBean(VerificationMailQueue.class);
  }

  @Override
  public List<VerificationId> queuedMails() {
    return query(
        "SELECT task_instance FROM scheduled_tasks WHERE task_name = ?",
        "verification-mail",
        row -> new VerificationId(row.getLong(1)));
  }

  @Override
  public AuditLog audit() {
    return context.getBean(AuditLog.class);
  }

  @Override
  public List<AuditEvent> audited(String subject) {
    return query(
        "SELECT * FROM audit_log WHERE subject = ? ORDER BY id",
        subject,
        row -> {
          String actor = row.getString("actor");
          return new AuditEvent(
              row.getObject("at", OffsetDateTime.class).toInstant(),
              actor == null ? null : new Username(actor),
              AuditEvent.Action.valueOf(row.getString("action").toUpperCase(Locale.ROOT)),
              row.getString("subject"),
              row.getString("detail"),
              row.getString("client_address"),
              row.getObject("session_id", UUID.class));
        });
  }

  /** Past the bank, as whoever has only SQL would read it. */
  private <T> List<T> query(String sql, String parameter, Row<T> row) {
    try (Connection connection = pool().getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, parameter);
      List<T> rows = new ArrayList<>();
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          rows.add(row.read(found));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public AccountRepository accounts() {
    return context.getBean(AccountRepository.class);
  }

  @Override
  public Ledger ledger() {
    return context.getBean(Ledger.class);
  }

  @Override
  public EntryRepository entries() {
    return context.getBean(EntryRepository.class);
  }

  @Override
  public TransferRepository transfers() {
    return context.getBean(TransferRepository.class);
  }

  @Override
  public AnswerRepository answers() {
    return context.getBean(AnswerRepository.class);
  }

  @Override
  public LedgerRecords records() {
    return context.getBean(LedgerRecords.class);
  }

  @Override
  public Transactions transactions() {
    return context.getBean(Transactions.class);
  }

  private interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }
}
