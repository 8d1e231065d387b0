package io.simplebank.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import io.simplebank.adapter.persistence.LostConnections;
import io.simplebank.adapter.persistence.LostConnections.Moment;
import io.simplebank.adapter.persistence.TestDatabase;
import io.simplebank.application.account.AccountService;
import io.simplebank.application.transfer.TransferService;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.Owner;
import io.simplebank.domain.idempotency.Answer;
import io.simplebank.domain.idempotency.IdempotencyKey;
import io.simplebank.domain.idempotency.Once;
import io.simplebank.domain.idempotency.Reply;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.port.in.DepositMoney;
import io.simplebank.domain.port.out.AccountRepository;
import io.simplebank.domain.port.out.EntryRepository;
import io.simplebank.domain.port.out.UserRepository;
import io.simplebank.domain.transfer.TransferOutcome;
import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.EmailAddress;
import io.simplebank.domain.user.PasswordHash;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.User;
import io.simplebank.domain.user.Username;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The services on PostgreSQL, with connections that are lost in the commit. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LostCommitTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:15:30Z");

  private final AtomicInteger answers = new AtomicInteger();
  private final String database = TestDatabase.createDatabase();
  private ApplicationContext context;
  private LostConnections connections;
  private TransferService transfers;
  private Caller banker;
  private AccountId account;

  @BeforeAll
  void start() {
    Map<String, Object> settings = new HashMap<>();
    for (String setting : ServerBank.settings(database)) {
      String[] parts = setting.substring(2).split("=", 2);
      settings.put(parts[0], parts[1]);
    }
    settings.put(LostConnections.ENABLED, "true");
    context = ApplicationContext.run(settings);
    connections = context.getBean(LostConnections.class);
    transfers = context.getBean(TransferService.class);
    context.getBean(AccountService.class).ensureSettlementAccounts();
    banker = registered(Role.BANKER);
  }

  @AfterAll
  void stop() {
    context.close();
  }

  @BeforeEach
  void open_account() {
    Owner owner = Owner.customer(registered(Role.DEPOSITOR).username());
    account =
        context
            .getBean(AccountRepository.class)
            .open(owner, Currency.getInstance("USD"), NOW)
            .orElseThrow()
            .id();
  }

  @ParameterizedTest
  @EnumSource
  void posts_an_order_without_a_key_once(Moment moment) throws SQLException {
    connections.loseNext(moment);

    assertThat(deposit(null)).isInstanceOf(Reply.First.class);

    assertPostedOnce();
  }

  @ParameterizedTest
  @EnumSource
  void posts_an_order_with_a_key_once_and_answers_it_as_new(Moment moment) throws SQLException {
    connections.loseNext(moment);

    Reply reply = deposit("k-" + account.value());

    assertThat(reply).isInstanceOf(Reply.First.class);
    assertThat(deposit("k-" + account.value()))
        .isEqualTo(new Reply.Replayed(((Reply.First) reply).answer()));
    assertPostedOnce();
  }

  @Test
  void posts_once_when_the_bank_gives_up_and_the_client_comes_back() throws SQLException {
    loseEveryRun(Moment.AFTER_COMMIT);
    connections.loseNext(Moment.AFTER_COMMIT); // And so is the answer to what became of it.
    String key = "k-" + account.value();
    assertThatThrownBy(() -> deposit(key)).hasRootCauseInstanceOf(SQLException.class);

    assertThat(deposit(key)).isInstanceOf(Reply.Replayed.class);

    assertPostedOnce();
  }

  @Test
  void posts_once_and_says_so_when_the_last_run_was_kept_unheard() throws SQLException {
    loseEveryRun(Moment.AFTER_COMMIT);

    assertThat(deposit("k-" + account.value())).isInstanceOf(Reply.First.class);

    assertPostedOnce();
  }

  @Test
  void posts_nothing_and_says_so_when_no_run_was_kept() {
    loseEveryRun(Moment.BEFORE_COMMIT);
    String key = "k-" + account.value();

    assertThatThrownBy(() -> deposit(key)).hasRootCauseInstanceOf(SQLException.class);

    assertThat(connections.outstanding()).isZero();
    assertThat(context.getBean(EntryRepository.class).list(account, 10, null, null, null))
        .isEmpty();
    assertThat(deposit(key)).isInstanceOf(Reply.First.class);
  }

  private void loseEveryRun(Moment moment) {
    Moment[] everyRun = new Moment[5];
    Arrays.fill(everyRun, moment);
    connections.loseNext(everyRun);
  }

  private void assertPostedOnce() throws SQLException {
    assertThat(connections.outstanding()).isZero();
    assertThat(
            context
                .getBean(AccountRepository.class)
                .find(account)
                .orElseThrow()
                .balance()
                .minorUnits())
        .isEqualTo(5);
    assertThat(context.getBean(EntryRepository.class).list(account, 10, null, null, null))
        .hasSize(1);
    assertThat(auditedOfAccount()).as("written down").isEqualTo(1);
  }

  private int auditedOfAccount() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                database, TestDatabase.username(), TestDatabase.password());
        PreparedStatement statement =
            connection.prepareStatement("SELECT count(*) FROM audit_log WHERE subject = ?")) {
      statement.setString(1, "account " + account.value());
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    }
  }

  private Reply deposit(@Nullable String key) {
    Once<TransferOutcome> once =
        new Once<>(
            key == null ? null : new IdempotencyKey(key),
            outcome -> new Answer(answers.incrementAndGet(), outcome.toString()));
    return transfers.deposit(
        new DepositMoney.Command(banker, account, Money.of(5, "USD"), null), once);
  }

  private Caller registered(Role role) {
    String name = "u" + UUID.randomUUID().toString().substring(0, 13);
    User user =
        User.registered(
            new Username(name),
            role,
            name,
            new EmailAddress(name + "@example.com"),
            new PasswordHash("x"),
            NOW);
    assertThat(context.getBean(UserRepository.class).insert(user))
        .isEqualTo(UserRepository.Insertion.INSERTED);
    return user.asCaller();
  }
}
