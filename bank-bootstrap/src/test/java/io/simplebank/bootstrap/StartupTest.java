package io.simplebank.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.simplebank.adapter.persistence.TestDatabase;
import io.simplebank.domain.user.EmailAddress;
import io.simplebank.domain.user.Mail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A bank that cannot be what it is asked to be does not start, and says what to do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StartupTest {
  private static final Mail MAIL =
      new Mail(new EmailAddress("ada@example.com"), "Your code", "It is 123456");

  @TempDir private Path directory;
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
  void refuses_keys_of_which_it_cannot_tell_which_signs() {
    assertRefused(
        "BANK_JWT_SECRET and BANK_JWT_KEY_FILE are both set", "--bank.jwt-key-file=key.pem");
    assertRefused(
        "BANK_JWT_PREVIOUS_SECRET is the key that signs already",
        "--bank.jwt-previous-secret=" + ServerBank.SECRET);
  }

  @Test
  void refuses_a_key_file_that_cannot_be_read() {
    assertRefused(
        "BANK_JWT_KEY_FILE names a file that cannot be read",
        "--bank.jwt-secret=",
        "--bank.jwt-key-file=" + directory.resolve("missing.pem"));
  }

  @Test
  void signs_by_a_pair_of_keys_that_takes_over_from_a_secret() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    String pem =
        "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
            .formatted(
                Base64.getMimeEncoder()
                    .encodeToString(generator.generateKeyPair().getPrivate().getEncoded()));
    Path file = Files.writeString(directory.resolve("key.pem"), pem);
    Client banker;
    try (Bank before = ServerBank.startOn(database)) {
      assertThat(keys(before).size("keys")).isZero();
      banker = Client.loggedIn(before.address(), ServerBank.BANKER, ServerBank.BANKERS_PASSWORD);
    }
    try (Bank after =
        ServerBank.startOn(
            database,
            "--bank.jwt-secret=",
            "--bank.jwt-key-file=" + file,
            "--bank.jwt-previous-secret=" + ServerBank.SECRET)) {
      assertThat(keys(after).text("keys.0.alg")).isEqualTo("ES256");
      banker.at(after.address()).get("/accounts").expect(200);
      Client.loggedIn(after.address(), ServerBank.BANKER, ServerBank.BANKERS_PASSWORD)
          .get("/accounts")
          .expect(200);
    }
  }

  @Test
  void refuses_a_secret_in_a_file_that_is_missing_or_empty() throws IOException {
    assertRefused(
        "BANK_JWT_SECRET_FILE names a file that cannot be read",
        "--bank.jwt-secret=",
        "--bank.jwt-secret-file=" + directory.resolve("missing"));
    assertRefused(
        "BANK_ADMIN_PASSWORD_FILE names a file with nothing in it",
        "--bank.admin.password=",
        "--bank.admin.password-file=" + Files.writeString(directory.resolve("empty"), "\n"));
  }

  @Test
  void refuses_a_secret_both_in_a_file_and_beside_it() throws IOException {
    Path file = Files.writeString(directory.resolve("password"), "in a file");
    for (String key : List.of("admin.password", "database.password")) {
      assertRefused(" are both set", "--bank." + key + "-file=" + file);
    }
  }

  @Test
  void reads_secrets_from_files() throws IOException {
    Path secret = Files.writeString(directory.resolve("jwt"), ServerBank.SECRET + "\n");
    Path admin = Files.writeString(directory.resolve("admin"), "in a file \r\n");
    Path own = Files.writeString(directory.resolve("database"), TestDatabase.password());
    try (Bank bank =
        ServerBank.startOn(
            TestDatabase.createDatabase(),
            "--bank.jwt-secret=",
            "--bank.jwt-secret-file=" + secret,
            "--bank.admin.password=",
            "--bank.admin.password-file=" + admin,
            "--bank.database.password=",
            "--bank.database.password-file=" + own)) {
      Client banker = Client.loggedIn(bank.address(), ServerBank.BANKER, "in a file ");
      banker.get("/accounts").expect(200);
    }
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
  void refuses_to_hash_passwords_with_no_threads() {
    assertRefused("BANK_PASSWORD_HASH_THREADS", "--bank.password-hash.threads=0");
  }

  @Test
  void refuses_a_duration_that_is_none() {
    assertRefused("BANK_ACCESS_TOKEN_LIFETIME must be", "--bank.access-token.lifetime=soon");
    assertRefused("BANK_SESSION_LIFETIME must be", "--bank.session.lifetime=-1h");
    assertRefused("BANK_REQUEST_TIMEOUT must be", "--bank.request-timeout=0s");
    assertRefused("BANK_SHUTDOWN_GRACE must be", "--bank.shutdown-grace=0s");
    assertRefused("BANK_IDEMPOTENCY_RETENTION must be", "--bank.idempotency.retention=0s");
  }

  @Test
  void refuses_settings_of_which_it_cannot_make_anything() {
    assertRefused("BANK_DATABASE_POOL_SIZE", "--bank.database.pool-size=x");
    assertRefused("BANK_REFUSE_UNKNOWN_FIELDS", "--bank.refuse-unknown-fields=maybe");
    assertRefused("BANK_DATABASE_URL", "--bank.database.url=postgres://localhost/bank");
  }

  @Test
  void refuses_to_let_in_pages_of_any_origin() {
    assertRefused("BANK_CORS_ORIGINS must list exact origins", "--bank.cors-origins=*");
  }

  @Test
  void refuses_proxies_without_an_address() {
    assertRefused("BANK_TRUSTED_PROXIES must list", "--bank.trusted-proxies=10.0.0.0/8,proxy");
  }

  @Test
  void refuses_a_pool_that_is_too_small_to_migrate() {
    assertRefused("BANK_DATABASE_POOL_SIZE", "--bank.database.pool-size=1");
  }

  @Test
  void refuses_an_address_of_its_own_that_no_mail_could_link_to() {
    for (String url :
        new String[] {"bank.example.com", "https://bank.example.com/?", "ftp://bank"}) {
      assertRefused("BANK_PUBLIC_URL", "--bank.public-url=" + url);
    }
  }

  @Test
  void refuses_a_mail_server_that_cannot_be_used() {
    String host = "--bank.smtp.host=localhost";
    assertRefused("BANK_SMTP_FROM is needed", host);
    assertRefused("BANK_SMTP_PORT", host, "--bank.smtp.from=b@ank.example", "--bank.smtp.port=0");
    assertRefused("BANK_SMTP_TLS", host, "--bank.smtp.from=b@ank.example", "--bank.smtp.tls=ssl");
    assertRefused("belong together", host, "--bank.smtp.from=b@ank.example", "--bank.smtp.user=me");
  }

  @Test
  void says_once_that_mail_waits_for_a_server() {
    try (WatchedLog log = new WatchedLog(Bank.class)) {
      ServerBank.startOn(database).close();
      assertThat(log.events())
          .filteredOn(event -> event.getLevel().equals(Level.WARN))
          .singleElement()
          .extracting(ILoggingEvent::getMessage)
          .asString()
          .contains("BANK_SMTP_HOST");
    }
    assertThatThrownBy(() -> new NoMailServer().send(MAIL))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("BANK_SMTP_HOST is not set");
  }

  @Test
  void has_nothing_to_say_of_mail_where_there_is_a_server() {
    try (WatchedLog log = new WatchedLog(Bank.class)) {
      ServerBank.startOn(
              database, "--bank.smtp.host=localhost", "--bank.smtp.from=bank@example.com")
          .close();
      assertThat(log.events()).noneMatch(event -> event.getLevel().equals(Level.WARN));
    }
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
      assertRefused("BANK_PORT", "--bank.port=" + first.address().getPort());
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

  private static Client.Answer keys(Bank bank) {
    return Client.nobody(bank.address()).get("/.well-known/jwks.json").expect(200);
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
