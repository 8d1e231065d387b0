package io.simplebank.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplebank.adapter.persistence.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A bank that cannot be what it is asked to be does not start, and says what to do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StartupTest {
  private String database;

  @BeforeAll
  void create_database() {
    database = TestDatabase.createDatabase();
  }

  @Test
  void refuses_a_server_setup_without_a_secret() {
    assertRefused("BANK_JWT_SECRET is needed", "--bank.jwt-secret=");
  }

  @Test
  void refuses_a_secret_that_can_be_guessed() {
    assertRefused("at least 32 bytes", "--bank.jwt-secret=0123456789abcdef0123456789abcde");
  }

  @Test
  void refuses_a_server_setup_without_credentials_for_the_database() {
    assertRefused("BANK_DATABASE_USER", "--bank.database.user=");
    assertRefused("BANK_DATABASE_PASSWORD", "--bank.database.password=");
  }

  @Test
  void refuses_a_banker_without_a_password() {
    assertRefused("belong together", "--bank.admin.password=");
    assertRefused("belong together", "--bank.admin.username=");
  }

  @Test
  void refuses_a_banker_whose_password_is_too_short() {
    assertRefused("8 to 72 bytes", "--bank.admin.password=short");
  }

  @Test
  void refuses_a_currency_that_is_none() {
    assertRefused("not an ISO 4217 currency: DOLLAR", "--bank.currencies=USD,DOLLAR");
  }

  @Test
  void refuses_a_cost_that_bcrypt_does_not_know() {
    assertRefused("BANK_PASSWORD_HASH_COST", "--bank.password-hash.cost=3");
  }

  @Test
  void refuses_a_duration_that_is_none() {
    assertRefused("BANK_ACCESS_TOKEN_LIFETIME must be", "--bank.access-token.lifetime=soon");
    assertRefused("BANK_SESSION_LIFETIME must be", "--bank.session.lifetime=-1h");
    assertRefused("BANK_SHUTDOWN_GRACE must be", "--bank.shutdown-grace=0s");
    assertRefused("BANK_IDEMPOTENCY_RETENTION must be", "--bank.idempotency.retention=0d");
  }

  @Test
  void refuses_a_pool_that_is_too_small_to_migrate() {
    assertRefused("BANK_DATABASE_POOL_SIZE", "--bank.database.pool-size=1");
  }

  @Test
  void refuses_a_database_that_is_not_there() {
    assertRefused("refused", "--bank.database.url=jdbc:postgresql://localhost:1/bank");
  }

  @Test
  void refuses_a_database_that_does_not_let_it_in() {
    assertRefused("nobody", "--bank.database.user=nobody");
  }

  @Test
  void refuses_a_port_that_is_taken() {
    try (Bank first = ServerBank.startOn(database)) {
      assertRefused("in use", "--bank.port=" + first.address().getPort());
      Client.nobody(first.address()).get("/health").expect(200);
    }
  }

  @Test
  void starts_again_on_a_database_that_it_has_used() {
    try (Bank first = ServerBank.startOn(database)) {
      Client.loggedIn(first.address(), ServerBank.BANKER, ServerBank.BANKERS_PASSWORD);
    }
    // A restart with another password is no way to take over an account.
    try (Bank second = ServerBank.startOn(database, "--bank.admin.password=another one")) {
      Client.loggedIn(second.address(), ServerBank.BANKER, ServerBank.BANKERS_PASSWORD);
    }
  }

  @Test
  void offers_the_currencies_that_are_configured() {
    try (Bank bank =
        ServerBank.startOn(TestDatabase.createDatabase(), "--bank.currencies=JPY, KWD")) {
      Client alice = Client.registered(bank.address(), "alice");
      assertThat(alice.openAccount("JPY")).isPositive();
      assertThat(alice.openAccount("KWD")).isPositive();
      assertThat(alice.post("/accounts", "{\"currency\": \"USD\"}").expect(400).body())
          .contains("must be one of JPY, KWD");
    }
  }

  private void assertRefused(String reason, String... setting) {
    List<String> settings = ServerBank.settings(database);
    // Of two values for one key the command line takes the last.
    settings.addAll(List.of(setting));
    assertThatThrownBy(() -> Bank.start(settings.toArray(String[]::new)).close())
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(reason);
  }
}
