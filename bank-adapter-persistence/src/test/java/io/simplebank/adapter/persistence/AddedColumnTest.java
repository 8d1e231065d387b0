package io.simplebank.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.Owner;
import io.simplebank.domain.audit.AuditEvent;
import io.simplebank.domain.idempotency.ScopedKey;
import io.simplebank.domain.port.out.AccountRepository;
import io.simplebank.domain.port.out.AttemptRepository;
import io.simplebank.domain.port.out.EmailVerificationRepository;
import io.simplebank.domain.port.out.SessionRepository;
import io.simplebank.domain.port.out.Stores;
import io.simplebank.domain.port.out.StoresContract;
import io.simplebank.domain.port.out.Transactions;
import io.simplebank.domain.port.out.TransferRepository;
import io.simplebank.domain.port.out.UserRepository;
import io.simplebank.domain.session.AttemptKey;
import io.simplebank.domain.session.Attempts;
import io.simplebank.domain.session.RefreshToken;
import io.simplebank.domain.session.Session;
import io.simplebank.domain.transfer.PostedTransfer;
import io.simplebank.domain.transfer.Transfer;
import io.simplebank.domain.user.EmailVerification;
import io.simplebank.domain.user.Secret;
import io.simplebank.domain.user.User;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * A later version adds columns while this one is running. A statement that PostgreSQL has prepared
 * and that asks for all columns fails then, once on each connection; ours name theirs.
 */
class AddedColumnTest extends StoresContract {
  /** With a driver that has the server prepare each statement at once, not at its fifth use. */
  private static final String DATABASE = TestDatabase.createDatabase() + "?prepareThreshold=1";

  private static final PostgresStores STORES = PostgresStores.onDatabase(DATABASE);

  private final Set<Method> called = ConcurrentHashMap.newKeySet();

  @AfterAll
  static void close() {
    STORES.close();
  }

  @Override
  protected Stores stores() {
    return watched(Stores.class, STORES);
  }

  @Test
  void nothing_fails_and_whoever_asks_for_all_columns_would() throws SQLException {
    List<Integer> sessions = new ArrayList<>();
    askForAllColumns();
    sessions.add(use());
    sessions.add(use());
    assertThat(called).as("calls of the ports").containsAll(methodsOfThePorts());

    execute(
        tables().stream().map(table -> "ALTER TABLE " + table + " ADD COLUMN later text").toList());

    sessions.add(use());
    assertThat(sessions).as("sessions").containsOnly(sessions.getFirst());
    assertThatThrownBy(AddedColumnTest::askForAllColumns)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("0A000"));
  }

  @Test
  void a_transaction_is_run_again_that_a_change_of_a_type_has_surprised() throws SQLException {
    User user = registeredUser();
    Transactions transactions = STORES.transactions();
    transactions.inTransaction(() -> STORES.users().lock(user.username()));
    execute(List.of("ALTER TABLE users ALTER COLUMN full_name TYPE varchar(100)"));
    List<Integer> runs = new ArrayList<>();

    assertThat(
            transactions.inRepeatableTransaction(
                () -> {
                  runs.add(runs.size());
                  return STORES.users().lock(user.username());
                }))
        .contains(user);

    assertThat(runs).hasSize(2);
  }

  /** For those who write a statement that no test here knows. */
  @Test
  void no_statement_asks_for_all_columns() throws IOException {
    List<Path> sources;
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      sources = files.filter(file -> file.toString().endsWith(".java")).toList();
    }
    assertThat(sources).isNotEmpty();
    for (Path source : sources) {
      assertThat(Files.readString(source))
          .as(source.toString())
          .doesNotContainPattern("(?i)(\\b(SELECT|RETURNING|DISTINCT)|,) +\\*|\\b\\w+\\.\\*");
    }
  }

  /** Uses every port; all in one transaction, because outside the driver mends what fails so. */
  private int use() {
    int session =
        STORES
            .transactions()
            .inTransaction(
                () -> {
                  users();
                  sessions();
                  attempts();
                  verifications();
                  accounts();
                  ledger();
                  return STORES.session();
                });
    // Is never part of a transaction.
    assertThat(stores().accounts().find(new AccountId(1), NOW).toCompletableFuture().join())
        .isPresent();
    // Begins a transaction of its own kind.
    assertThat(stores().records().snapshot().findings().shown()).isEmpty();
    assertThat(stores().records().batches(0, 1)).hasSize(1);
    return session;
  }

  private void users() {
    UserRepository users = stores().users();
    User user = registeredUser();
    assertThat(users.find(user.username())).contains(user);
    assertThat(users.lock(user.username())).contains(user);
    assertThat(users.update(user.renamed("Augusta Ada"))).isTrue();
    assertThat(users.list(0, 1)).hasSize(1);
    stores()
        .audit()
        .record(
            List.of(
                AuditEvent.by(
                    user.username(), AuditEvent.Action.REGISTERED, "user", "10.0.0.1", NOW)));
  }

  private void sessions() {
    SessionRepository sessions = stores().sessions();
    Session session =
        Session.begun(
            UUID.randomUUID(),
            registeredUser().username(),
            "phone",
            "10.0.0.1",
            NOW,
            NOW.plus(Duration.ofDays(1)));
    RefreshToken token = new RefreshToken(new Secret(freshName()).hash(), session.id(), 0);
    sessions.insert(session);
    sessions.insert(token);
    assertThat(sessions.find(session.id())).contains(session);
    assertThat(sessions.find(token.hash())).contains(token);
    assertThat(sessions.lock(session.id())).contains(session);
    sessions.update(session);
    sessions.retireSiblings(token);
    assertThat(sessions.listLive(session.username(), NOW)).containsExactly(session);
    assertThat(sessions.endAll(session.username(), null, NOW)).containsExactly(session.id());
    assertThat(sessions.endedSince(NOW)).contains(session.ended(NOW));
    assertThat(sessions.removeExpiredBefore(NOW)).isZero();
  }

  private void attempts() {
    AttemptRepository attempts = stores().attempts();
    AttemptKey key = AttemptKey.account(registeredUser().username());
    List<Attempts> locked = attempts.lock(List.of(key), NOW);
    assertThat(locked).containsExactly(Attempts.none(key, NOW));
    attempts.update(locked);
    assertThat(attempts.removeOlderThan(NOW)).isZero();
  }

  private void verifications() {
    EmailVerificationRepository verifications = stores().verifications();
    User user = registeredUser();
    EmailVerification verification = verifications.insert(user.username(), user.email(), NOW);
    assertThat(verifications.lock(verification.id())).contains(verification);
    verifications.update(verification);
    assertThat(verifications.findLatest(user.username())).contains(verification);
    assertThat(verifications.removeOlderThan(NOW)).isZero();
    stores().verificationMails().add(verification.id());
  }

  private void accounts() {
    AccountRepository accounts = stores().accounts();
    User user = registeredUser();
    Account account = openedAccount(user, USD);
    assertThat(settlementAccount(USD)).isNotNull();
    assertThat(accounts.open(Owner.bank(), USD, NOW)).isEmpty();
    assertThat(accounts.find(account.id())).contains(account);
    assertThat(accounts.lock(account.id())).contains(account);
    accounts.update(account);
    assertThat(accounts.list(user.username(), 0, 1, NOW)).containsExactly(account);
  }

  private void ledger() {
    Account payer = fundedAccount(USD, 100);
    Account recipient = openedAccount(USD);
    PostedTransfer posted = post(NOW, transfer(payer, recipient, 10)).getFirst();
    assertThat(reverse(posted.transfer(), 1)).isNotNull();
    Transfer pending = setAside(NOW, payer, recipient, 10, Duration.ofDays(1));
    assertThat(settle(NOW, pending, 5)).isNotNull();
    TransferRepository transfers = stores().transfers();
    assertThat(transfers.find(posted.transfer().id())).contains(posted.transfer());
    assertThat(transfers.list(payer.id(), 100, null)).hasSize(5);
    assertThat(transfers.findPayersOfExpired(NOW, 1)).isEmpty();
    assertThat(transfers.sumPending(USD)).isZero();
    assertThat(stores().entries().list(recipient.id(), 100, null, null, null)).hasSize(3);
    assertThat(stores().entries().balance(recipient, NOW).minorUnits()).isEqualTo(14);
    ScopedKey key = freshKey();
    assertThat(stores().answers().find(key.user(), key.key())).isEmpty();
    assertThat(stores().answers().forgetAnswers(NOW, 1)).isZero();
  }

  /** In the session that the ports have used, because the pool knows this thread. */
  private static void askForAllColumns() throws SQLException {
    try (Connection connection = STORES.pool().getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM accounts");
          ResultSet rows = statement.executeQuery()) {
        assertThat(rows.getMetaData().getColumnCount()).isPositive();
      }
    }
  }

  private static List<Method> methodsOfThePorts() {
    List<Method> methods =
        Arrays.stream(Stores.class.getMethods())
            .map(Method::getReturnType)
            .filter(AddedColumnTest::isPort)
            .flatMap(port -> Arrays.stream(port.getMethods()))
            .filter(method -> Modifier.isAbstract(method.getModifiers()))
            .toList();
    assertThat(methods).hasSizeGreaterThan(30);
    return methods;
  }

  /** Transactions aside, which have no statements of their own. */
  private static boolean isPort(Class<?> type) {
    return type.isInterface()
        && type.getPackage().equals(Stores.class.getPackage())
        && type != Transactions.class;
  }

  /** The same, and it is noted which methods are called. */
  private <T> T watched(Class<T> type, Object target) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              called.add(method);
              Object result = invoke(method, target, arguments);
              return isPort(method.getReturnType()) && result != null
                  ? watched(method.getReturnType(), result)
                  : result;
            }));
  }

  private static @Nullable Object invoke(
      Method method, Object target, @Nullable Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }

  /**
   * All but that of db-scheduler, which does ask for all columns, and brings its changes itself.
   */
  private static List<String> tables() throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Connection connection = STORES.pool().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT table_name FROM information_schema.tables"
                    + " WHERE table_schema = 'public' AND table_name <> 'scheduled_tasks'")) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    assertThat(tables).contains("accounts", "transfers", "entries", "answers", "sessions");
    return tables;
  }

  /** On a connection of its own, as whoever migrates has. */
  private static void execute(List<String> statements) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                DATABASE, TestDatabase.username(), TestDatabase.password());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
