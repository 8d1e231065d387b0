package io.simplebank.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.bootstrap.postgres.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Whoever reads the log learns what happened, and nothing with which to be somebody else. */
class LogTest {
  private static final String PASSWORD = "a password that is nowhere else";
  private static final String REGISTRATION =
      """
      {"username": "%s", "password": "%s", "full_name": "A", "email": "%1$s@example.com"}
      """;

  @TempDir private Path directory;

  @Test
  void holds_no_secret_whatever_clients_do_with_it() {
    try (LogOfEverything log = new LogOfEverything()) {
      try (Bank bank = ServerBank.start()) {
        Client nobody = Client.nobody(bank.address());
        nobody.post("/users", REGISTRATION.formatted("mallory", PASSWORD)).expect(201);
        nobody.post("/users", REGISTRATION.formatted("mallory", PASSWORD)).expect(409);
        nobody.post("/users", REGISTRATION.formatted("no name", PASSWORD)).expect(400);
        nobody.post("/users", REGISTRATION.formatted("eve", PASSWORD) + "}").expect(400);
        nobody.post("/users", REGISTRATION.formatted("eve", PASSWORD.repeat(9))).expect(400);
        nobody.post("/users/login", login("mallory", PASSWORD + "!")).expect(401);
        nobody.post("/users/login", login("nobody", PASSWORD)).expect(401);
        nobody.post("/users/login", login("mallory", PASSWORD).replace(":", "=")).expect(400);
        Client mallory = Client.loggedIn(bank.address(), "mallory", PASSWORD);
        long account = mallory.openAccount("USD");
        mallory.get("/accounts/" + account).expect(200);
        mallory.get("/accounts?page_id=" + mallory.token()).expect(400);
        mallory.get("/nothing/" + mallory.token()).expect(404);
        mallory.deposit(account, 1, "USD").expect(403);
        withToken(mallory, "x" + mallory.token()).get("/accounts").expect(401);
        withToken(mallory, mallory.token() + "x").get("/accounts").expect(401);
        withToken(mallory, mallory.token().replace(".", "..")).get("/accounts").expect(401);
      }

      assertThat(log.lines()).isNotEmpty();
      assertThat(KnownSecrets.toldBy(log.lines())).isEmpty();
    }
  }

  @Test
  @SuppressWarnings(
      "try") // The database goes away while the bank is still there: that is the test.
  void holds_no_secret_when_the_database_goes_away() {
    try (LogOfEverything log = new LogOfEverything();
        EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
      KnownSecrets.add(database.password());
      try (Bank bank =
          ServerBank.startOn(
              database.jdbcUrl(),
              "--bank.database.user=" + database.username(),
              "--bank.database.password=" + database.password(),
              "--datasources.default.connection-timeout=250")) {
        Client alice = Client.registered(bank.address(), "alice");

        database.close();

        assertThat(alice.get("/accounts").status()).isGreaterThanOrEqualTo(500);
        assertThat(
                Client.nobody(bank.address())
                    .post("/users/login", login("alice", PASSWORD))
                    .status())
            .isGreaterThanOrEqualTo(500);
      }

      assertThat(log.lines()).anyMatch(line -> line.startsWith("com.zaxxer.hikari."));
      assertThat(KnownSecrets.toldBy(log.lines())).isEmpty();
    }
  }

  @Test
  void holds_no_secret_that_the_bank_has_made_up() throws IOException {
    try (BankProcess bank = BankProcess.start(directory)) {
      KnownSecrets.add(Files.readString(directory.resolve("jwt-secret")).strip());
      KnownSecrets.add(Files.readString(directory.resolve("postgresql").resolve("password")));
      Client.registered(bank.address(), "alice").openAccount("USD");
      Client.nobody(bank.address())
          .post("/users", REGISTRATION.formatted("banker", PASSWORD))
          .expect(409);

      assertThat(bank.log()).isNotEmpty();
      assertThat(KnownSecrets.toldBy(bank.log())).isEmpty();
      // What PostgreSQL has to say of a statement that failed, too.
      List<String> databases = new ArrayList<>();
      try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.resolve("log"))) {
        for (Path file : files) {
          databases.addAll(Files.readAllLines(file));
        }
      }
      assertThat(databases).isNotEmpty();
      assertThat(KnownSecrets.toldBy(databases)).isEmpty();
    }
  }

  @Test
  void is_read_in_full_and_would_give_a_secret_away() {
    String secret = "only this test knows it";
    KnownSecrets.addFrom("{\"x\": 1, \"password\" : \"" + secret + "\"}");
    try (LogOfEverything log = new LogOfEverything()) {
      LoggerFactory.getLogger(Bank.class).trace("the password is {}", secret);
      LoggerFactory.getLogger("somebody.else")
          .atInfo()
          .addKeyValue("password", secret)
          .log("logged in");
      LoggerFactory.getLogger("somebody.else")
          .error("failed", new IllegalStateException("x", new IOException(secret)));
      LoggerFactory.getLogger("somebody.else").info("nothing to see");

      assertThat(KnownSecrets.toldBy(log.lines())).hasSize(3);
    } finally {
      // Or the rest of the class would be blamed for it.
      KnownSecrets.forget(secret);
    }
  }

  private static Client withToken(Client client, String token) {
    KnownSecrets.add(token);
    return new Client(client.bank(), token, client.username());
  }

  private static String login(String username, String password) {
    return "{\"username\": \"%s\", \"password\": \"%s\"}".formatted(username, password);
  }
}
