package io.simplebank.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.simplebank.adapter.persistence.TestDatabase;
import io.simplebank.adapter.web.openapi.WireContract;
import io.simplebank.adapter.web.openapi.WireContract.Operation;
import io.simplebank.adapter.web.openapi.WireContract.Promise;
import io.simplebank.domain.session.Attempts;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The document of the API is true: whatever it says may be answered is answered once, in the words
 * that it says, and nothing else is. A route that is new, or a code, fails this until it has been
 * provoked here.
 */
class DocumentedAnswersTest {
  private static final String PASSWORD = "correct horse";
  private static final String MAX = Long.toString(Long.MAX_VALUE);
  private static final String REASON = "{\"reason\": \"a whim\"}";
  private static final Pattern LINK =
      Pattern.compile("https?://\\S+/users/(verify_email\\?email_id=\\d+&secret_code=\\S+)");

  private final WireContract contract = WireContract.ofTheBank();
  private final Set<Promise> kept = new TreeSet<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private final GreenMail mailServer =
      new GreenMail(new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_SMTP));
  private URI address = URI.create("http://localhost");
  private String alice = "";
  private String bob = "";
  private String banker = "";

  @Test
  void every_answer_of_the_document_is_given_and_no_other() throws Exception {
    mailServer.start();
    String database = TestDatabase.createDatabase();
    try (Bank bank =
        ServerBank.startOn(
            database,
            "--bank.smtp.host=localhost",
            "--bank.smtp.port=" + mailServer.getSmtp().getPort(),
            "--bank.smtp.tls=none",
            "--bank.smtp.from=bank@example.com")) {
      address = bank.address();
      users_register_and_log_in();
      sessions_are_renewed_and_ended();
      users_change_themselves();
      addresses_are_verified(database);
      bankers_look_after_users();
      Accounts accounts = accounts_are_opened_and_looked_at();
      accounts_change_their_status(accounts);
      money_is_paid_in_and_out(accounts);
      money_is_moved_and_given_back(accounts);
      money_is_set_aside(accounts);
      keys_are_for_one_request(accounts);
      accounts_are_limited(accounts);
      the_ledger_is_audited(database);
      the_bank_tells_of_itself();
      for (Operation operation : contract.operations().values()) {
        every_route_refuses_what_is_wrong_with_a_request(operation);
      }
    } finally {
      mailServer.stop();
    }
    when_there_is_no_free_connection_no_table_and_no_database();

    assertThat(contract.promises())
        .filteredOn(promise -> !kept.contains(promise))
        .as("what the document promises, and nothing here provokes")
        .isEmpty();
  }

  private void users_register_and_log_in() {
    String registration =
        "{\"username\": \"%s\", \"password\": \"%s\", \"full_name\": \"A B\", \"email\": \"%s@example.com\"}";
    post("", "/users", registration.formatted("alice", PASSWORD, "alice")).is(201);
    post("", "/users", registration.formatted("alice", PASSWORD, "x")).is(409, "username_taken");
    post("", "/users", registration.formatted("xyz", PASSWORD, "alice")).is(409, "email_taken");
    post("", "/v1/create_user", registration.formatted("bob", PASSWORD, "bob")).is(200);
    post("", "/v1/create_user", registration.formatted("bob", PASSWORD, "x"))
        .is(409, "username_taken");
    post("", "/v1/create_user", registration.formatted("xyz", PASSWORD, "bob"))
        .is(409, "email_taken");
    post("", "/users", registration.formatted("carol", PASSWORD, "carol")).is(201);
    for (String path : List.of("/users/login", "/v1/login_user")) {
      alice = logIn(path, "alice", PASSWORD).is(200).text("access_token");
      logIn(path, "nobody", PASSWORD).is(401, "invalid_credentials");
    }
    bob = logIn("/users/login", "bob", PASSWORD).is(200).text("access_token");
    banker =
        logIn("/users/login", ServerBank.BANKER, ServerBank.BANKERS_PASSWORD)
            .is(200)
            .text("access_token");
    for (int i = 0; i < Attempts.FREE_PER_ACCOUNT; i++) {
      logIn("/users/login", "mallory", "wrong password").is(401);
    }
    logIn("/users/login", "mallory", "wrong password").is(429, "too_many_attempts");
    logIn("/v1/login_user", "mallory", "wrong password").is(429, "too_many_attempts");
  }

  private void sessions_are_renewed_and_ended() {
    Answer another = logIn("/users/login", "alice", PASSWORD).is(200);
    post(
            "",
            "/tokens/renew_access",
            "{\"refresh_token\": \"" + another.text("refresh_token") + "\"}")
        .is(200);
    post("", "/tokens/renew_access", "{\"refresh_token\": \"x\"}").is(401, "invalid_refresh_token");
    get(alice, "/sessions").is(200);
    send("DELETE", "/sessions/" + another.text("session_id"), Map.of(), alice, "").is(204);
    send("DELETE", "/sessions/" + UUID.randomUUID(), Map.of(), alice, "")
        .is(404, "session_not_found");
  }

  private void users_change_themselves() {
    String carol = logIn("/users/login", "carol", PASSWORD).is(200).text("access_token");
    String guess = "\"password\": \"battery staple\", \"current_password\": \"wrong password\"}";
    String name = "\"username\": \"carol\", ";
    get(carol, "/users/me").is(200);
    patch(carol, "/users/me", "{\"full_name\": \"Carol\"}").is(200);
    patch(carol, "/users/me", "{\"email\": \"bob@example.com\"}").is(409, "email_taken");
    patch(carol, "/v1/update_user", "{" + name + "\"full_name\": \"Carol\"}").is(200);
    patch(carol, "/v1/update_user", "{" + name + "\"email\": \"bob@example.com\"}")
        .is(409, "email_taken");
    patch(carol, "/v1/update_user", "{\"username\": \"bob\"}").is(403, "other_user");
    patch(carol, "/v1/update_user", "{" + name + guess).is(401, "invalid_credentials");
    for (int i = 1; i < Attempts.FREE_PER_ACCOUNT; i++) {
      patch(carol, "/users/me", "{" + guess).is(401, "invalid_credentials");
    }
    patch(carol, "/users/me", "{" + guess).is(429, "too_many_attempts");
    patch(carol, "/v1/update_user", "{" + name + guess).is(429, "too_many_attempts");
  }

  private void addresses_are_verified(String database)
      throws IOException, MessagingException, SQLException {
    String path = "/users/me/verification_mail";
    post(alice, path, "").is(429, "mail_too_soon");
    execute(
        database,
        "UPDATE email_verifications SET requested_at = requested_at - interval '1 hour'"
            + " WHERE username = 'bob'");
    post(bob, path, "").is(202);
    assertThat(mailServer.waitForIncomingEmail(60_000, 4)).isTrue();
    String link = linkOf("alice@example.com");
    for (String verify : List.of("/users/", "/v1/")) {
      get("", verify + link.replaceFirst("secret_code=....", "secret_code=AAAA"))
          .is(422, "verification_refused");
      get("", verify + link).is(200);
    }
    post(alice, path, "").is(409, "email_already_verified");
  }

  private void bankers_look_after_users() {
    String role = "{\"role\": \"depositor\"}";
    get(banker, "/users").is(200);
    patch(banker, "/users/carol", role).is(200);
    patch(banker, "/users/nobody", role).is(404, "user_not_found");
    patch(banker, "/users/" + ServerBank.BANKER, role).is(409, "own_role");
  }

  /** The accounts with which the rest is done; the settlement account is that of dollars. */
  private record Accounts(
      long alices, long bobs, long alicesEuros, long bobsEuros, long settlement) {}

  private Accounts accounts_are_opened_and_looked_at() {
    long alices = post(alice, "/accounts", "{\"currency\": \"USD\"}").is(201).number("id");
    post(alice, "/accounts", "{\"currency\": \"USD\"}").is(409, "account_already_exists");
    long bobs = post(bob, "/accounts", "{\"currency\": \"USD\"}").is(201).number("id");
    long alicesEuros = post(alice, "/accounts", "{\"currency\": \"EUR\"}").is(201).number("id");
    long bobsEuros = post(bob, "/accounts", "{\"currency\": \"EUR\"}").is(201).number("id");
    get(alice, "/accounts").is(200);
    for (String what : List.of("", "/balance", "/entries")) {
      get(alice, "/accounts/" + alices + what).is(200);
      get(alice, "/accounts/" + bobs + what).is(404, "account_not_found");
    }
    send("GET", "/accounts/" + alices + "/entries", Map.of("Accept", "text/csv"), alice, "")
        .is(200);
    long settlement = 1;
    while (!get(banker, "/accounts/" + settlement).is(200).text("currency").equals("USD")) {
      settlement++;
    }
    return new Accounts(alices, bobs, alicesEuros, bobsEuros, settlement);
  }

  private void accounts_change_their_status(Accounts accounts) {
    String path = "/accounts/" + accounts.bobs();
    post(bob, path + "/freeze", REASON).is(403, "forbidden");
    post(bob, path + "/unfreeze", REASON).is(403, "forbidden");
    post(banker, path + "/unfreeze", REASON).is(409, "account_status_conflict");
    post(banker, path + "/freeze", REASON).is(200);
    post(banker, path + "/freeze", REASON).is(409, "account_status_conflict");
    post(bob, path + "/close", REASON).is(403, "forbidden");
    post(banker, path + "/unfreeze", REASON).is(200);
    for (String change : List.of("freeze", "unfreeze", "close")) {
      post(alice, path + "/" + change, REASON).is(404, "account_not_found");
    }
    long closed = post(alice, "/accounts", "{\"currency\": \"CAD\"}").is(201).number("id");
    post(alice, "/accounts/" + closed + "/close", REASON).is(200);
    post(alice, "/accounts/" + closed + "/close", REASON).is(409, "account_status_conflict");
    cash("deposits", closed, "1", "CAD").is(422, "account_not_open");
    cash("withdrawals", closed, "1", "CAD").is(422, "account_not_open");
  }

  private void money_is_paid_in_and_out(Accounts accounts) {
    cash("deposits", accounts.alices(), "1000", "USD").is(201);
    cash("withdrawals", accounts.alices(), "1", "USD").is(201);
    post(alice, "/accounts/" + accounts.alices() + "/close", REASON).is(409, "account_not_empty");
    for (String way : List.of("deposits", "withdrawals")) {
      cash(way, 999_999, "1", "USD").is(404, "account_not_found");
      cash(way, accounts.settlement(), "1", "USD").is(422, "same_account");
      cash(way, accounts.alices(), "1", "CAD").is(422, "currency_mismatch");
    }
    cash("withdrawals", accounts.alices(), "1000", "USD").is(422, "insufficient_funds");
    cash("deposits", accounts.alicesEuros(), "1", "EUR").is(201);
    cash("deposits", accounts.bobsEuros(), MAX, "EUR").is(201);
    cash("deposits", accounts.bobsEuros(), "1", "EUR").is(422, "balance_overflow");
  }

  private void money_is_moved_and_given_back(Accounts accounts) {
    long a = accounts.alices();
    long b = accounts.bobs();
    long moved = transfer(a, b, 10, "USD").is(201).number("transfer.id");
    transfer(a, 999_999, 1, "USD").is(404, "account_not_found");
    transfer(a, a, 1, "USD").is(422, "same_account");
    transfer(a, accounts.bobsEuros(), 1, "USD").is(422, "currency_mismatch");
    transfer(a, b, 5000, "USD").is(422, "insufficient_funds");
    transfer(accounts.alicesEuros(), accounts.bobsEuros(), 1, "EUR").is(422, "balance_overflow");
    get(alice, "/transfers/" + moved).is(200);
    get(alice, "/transfers/999999").is(404, "transfer_not_found");
    post(alice, "/transfers/batch", "{\"transfers\": [%s]}".formatted(order(a, b, 1, "USD")))
        .is(200);

    String path = "/transfers/" + moved + "/reversal";
    post(alice, path, "").is(403, "forbidden");
    post(bob, "/transfers/999999/reversal", "").is(404, "transfer_not_found");
    post(banker, "/accounts/" + b + "/freeze", REASON).is(200);
    post(bob, path, "").is(422, "account_not_open");
    transferAs(bob, b, a, 1, "USD").is(422, "account_not_open");
    post(banker, "/accounts/" + b + "/unfreeze", REASON).is(200);
    post(bob, path, "{\"amount\": 11}").is(422, "reversal_exceeds_original");
    long reversal = post(bob, path, "{\"amount\": 1}").is(201).number("transfer.id");
    post(alice, "/transfers/" + reversal + "/reversal", "").is(422, "transfer_not_reversible");
    transferAs(bob, b, a, 10, "USD").is(201);
    post(bob, path, "").is(422, "insufficient_funds");

    long euros = accounts.bobsEuros();
    long late =
        transferAs(bob, euros, accounts.alicesEuros(), 1, "EUR").is(201).number("transfer.id");
    transfer(accounts.alicesEuros(), euros, 1, "EUR").is(201);
    post(alice, "/transfers/" + late + "/reversal", "").is(422, "balance_overflow");
  }

  private void money_is_set_aside(Accounts accounts) {
    long a = accounts.alices();
    long b = accounts.bobs();
    String settled = "/transfers/" + setAside(alice, a, b, "USD", 3600);
    String released = "/transfers/" + setAside(alice, a, b, "USD", 3600);
    String expiring = "/transfers/" + setAside(alice, a, b, "USD", 1);
    String posted = "/transfers/" + transfer(a, b, 1, "USD").is(201).number("transfer.id");
    get(alice, "/transfers?account_id=" + a).is(200);
    get(alice, "/transfers?account_id=" + b).is(404, "account_not_found");

    String wrong = settled + "/post";
    post(alice, wrong, "{\"amount\": 2}").is(422, "exceeds_pending_amount");
    post(banker, "/accounts/" + a + "/freeze", REASON).is(200);
    post(alice, wrong, "").is(422, "account_not_open");
    post(banker, "/accounts/" + a + "/unfreeze", REASON).is(200);
    for (String way : List.of("/post", "/void")) {
      post(alice, "/transfers/999999" + way, "").is(404, "transfer_not_found");
      post(bob, settled + way, "").is(403, "forbidden");
      post(alice, posted + way, "").is(409, "transfer_not_pending");
    }
    post(alice, settled + "/post", "").is(201);
    post(alice, released + "/void", "").is(200);
    while (!get(alice, expiring).is(200).text("status").equals("expired")) {
      assertThat(get(alice, expiring).text("status")).isIn("pending", "expired");
    }
    for (String way : List.of("/post", "/void")) {
      post(alice, settled + way, "").is(409, "transfer_already_posted");
      post(alice, released + way, "").is(409, "transfer_already_voided");
      post(alice, expiring + way, "").is(409, "transfer_expired");
    }

    long rich = accounts.bobsEuros();
    transferAs(bob, rich, accounts.alicesEuros(), 1, "EUR").is(201);
    long tooMuch = setAside(alice, accounts.alicesEuros(), rich, "EUR", 3600);
    transfer(accounts.alicesEuros(), rich, 1, "EUR").is(201);
    post(alice, "/transfers/" + tooMuch + "/post", "").is(422, "balance_overflow");
  }

  private long setAside(String who, long from, long to, String currency, int seconds) {
    String order =
        order(from, to, 1, currency)
            .replace("}", ", \"pending\": true, \"expires_in\": " + seconds + "}");
    return post(who, "/transfers", order).is(201).number("transfer.id");
  }

  private void keys_are_for_one_request(Accounts accounts) {
    String account = "/accounts/" + accounts.bobs();
    String order = order(accounts.alices(), accounts.bobs(), 1, "USD");
    String batch = "{\"transfers\": [" + order + "]}";
    String cash = "{\"amount\": 1, \"currency\": \"USD\"}";
    reuse(alice, "/transfers", order);
    reuse(alice, "/transfers/batch", batch);
    reuse(banker, account + "/deposits", cash);
    reuse(banker, account + "/withdrawals", cash);
    long moved = post(alice, "/transfers", order).is(201).number("transfer.id");
    reuse(bob, "/transfers/" + moved + "/reversal", "{\"amount\": 1}");
    long pending = setAside(alice, accounts.alices(), accounts.bobs(), "USD", 3600);
    reuse(alice, "/transfers/" + pending + "/post", "{\"amount\": 1}");
    Map<String, String> key = Map.of("Idempotency-Key", "key");
    send("POST", "/transfers/" + pending + "/void", key, alice, "").is(409);
    send("POST", "/transfers/" + moved + "/void", key, alice, "").is(422, "idempotency_key_reused");
    get(alice, "/idempotency/key").is(200);
    get(alice, "/idempotency/unknown").is(404, "idempotency_key_not_found");
  }

  private void accounts_are_limited(Accounts accounts) {
    String path = "/accounts/" + accounts.bobs() + "/limits";
    String none = "{\"overdraft_limit\": 0}";
    String narrow = "{\"overdraft_limit\": 5, \"max_transfer\": 5}";
    get(bob, path).is(200);
    get(alice, path).is(404, "account_not_found");
    send("PUT", path, Map.of(), banker, none).is(200);
    send("PUT", path, Map.of(), bob, none).is(403, "forbidden");
    send("PUT", path, Map.of(), alice, none).is(404, "account_not_found");
    long closed = post(bob, "/accounts", "{\"currency\": \"CAD\"}").is(201).number("id");
    post(bob, "/accounts/" + closed + "/close", REASON).is(200);
    send("PUT", "/accounts/" + closed + "/limits", Map.of(), banker, none)
        .is(409, "account_status_conflict");
    long rich = accounts.bobsEuros();
    send("PUT", "/accounts/" + rich + "/limits", Map.of(), banker, narrow)
        .is(422, "balance_overflow");
    cash("withdrawals", accounts.bobs(), Long.toString(balance(accounts.bobs())), "USD").is(201);
    send("PUT", path, Map.of(), banker, narrow).is(200);
    long pending = setAside(bob, accounts.bobs(), accounts.alices(), "USD", 3600);
    post(bob, "/accounts/" + accounts.bobs() + "/close", REASON)
        .is(409, "account_has_pending_debits");
    post(bob, "/transfers/" + pending + "/void", "").is(200);
    cash("withdrawals", accounts.bobs(), "6", "USD").is(422, "limit_exceeded");
    transferAs(bob, accounts.bobs(), accounts.alices(), 6, "USD").is(422, "limit_exceeded");
    cash("withdrawals", accounts.bobs(), "5", "USD").is(201);
    send("PUT", path, Map.of(), banker, none).is(409, "overdraft_in_use");
  }

  private void the_ledger_is_audited(String database) throws Exception {
    get(banker, "/ledger/audit").is(200);
    CompletableFuture<Answer> audit;
    try (LockedAccount all = LockedAccount.all(database)) {
      audit = CompletableFuture.supplyAsync(() -> get(banker, "/ledger/audit"));
      all.awaitWaiting(1);
      get(banker, "/ledger/audit").is(503, "audit_under_way");
    }
    audit.get(30, TimeUnit.SECONDS).is(200);
  }

  /** Sends it under a key, and then another request under the same. */
  private void reuse(String who, String path, String body) {
    Map<String, String> key = Map.of("Idempotency-Key", "key");
    send("POST", path, key, who, body);
    send("POST", path, key, who, body.replace("\"amount\": 1", "\"amount\": 2"))
        .is(422, "idempotency_key_reused");
  }

  private void the_bank_tells_of_itself() {
    for (String path :
        List.of(
            "/openapi.yml",
            "/docs",
            "/docs/start.js",
            "/docs/swagger-ui.css",
            "/.well-known/jwks.json",
            "/health",
            "/health/liveness",
            "/health/readiness",
            "/prometheus")) {
      get("", path).is(200);
    }
    get("", "/docs/start.css").is(404, "not_found");
  }

  /** What is refused because of the kind of route it is, with the examples of the document. */
  private void every_route_refuses_what_is_wrong_with_a_request(Operation operation)
      throws IOException {
    Example example = Example.of(operation, contract);
    String method = example.method();
    String path = example.path();
    if (promises(operation, 406)) {
      send(method, path, Map.of("Accept", "image/png"), banker, "").is(406, "not_acceptable");
    }
    raw(method, path + (path.contains("?") ? "&" : "?") + "x=" + "x".repeat(5000), "")
        .is(414, "uri_too_long");
    raw(method, path, "X-Large: " + "x".repeat(9000) + "\r\n").is(431, "headers_too_large");
    JsonNode security = operation.node().path("security");
    if (!security.isEmpty()) {
      send(method, path, Map.of(), "", "").is(401, "unauthenticated");
      if (!security.at("/0/bearer").isEmpty()) {
        send(method, path, Map.of(), alice, example.body()).is(403, "forbidden");
      }
    }
    example
        .wrongPath()
        .ifPresent(
            wrong ->
                send(method, wrong, Map.of(), banker, example.body()).is(400, "invalid_request"));
    if (!example.body().isEmpty()) {
      send(method, path, Map.of(), banker, example.wrongBody()).is(400, "invalid_request");
      send(method, path, Map.of(), banker, "{").is(400, "malformed_json");
      send(method, path, Map.of("Content-Type", "application/xml"), banker, "<x/>")
          .is(415, "unsupported_media_type");
      raw(method, path, "Authorization: Bearer " + banker + "\r\nContent-Length: 9999999\r\n")
          .is(413, "body_too_large");
    }
  }

  private void when_there_is_no_free_connection_no_table_and_no_database() throws Exception {
    String database = TestDatabase.createDatabase();
    try (Bank bank =
        ServerBank.startOn(
            database,
            "--bank.database.pool-size=2",
            "--datasources.default.connection-timeout=250")) {
      address = bank.address();
      Client.nobody(address)
          .post(
              "/users",
              "{\"username\": \"alice\", \"password\": \"%s\", \"full_name\": \"A B\", \"email\": \"a@example.com\"}"
                  .formatted(PASSWORD))
          .expect(201);
      alice = logIn("/users/login", "alice", PASSWORD).is(200).text("access_token");
      banker =
          logIn("/users/login", ServerBank.BANKER, ServerBank.BANKERS_PASSWORD)
              .is(200)
              .text("access_token");
      Client user = new Client(address, alice, "alice");
      long account = user.openAccount("USD");
      CompletableFuture<Client.Answer> euros;
      CompletableFuture<Client.Answer> dollars;
      try (LockedAccount lock = LockedAccount.ownerOf(database, account)) {
        euros = CompletableFuture.supplyAsync(() -> open(user, "EUR"));
        dollars = CompletableFuture.supplyAsync(() -> open(user, "CAD"));
        lock.awaitWaiting(2);
        for (Operation operation : contract.operations().values()) {
          if (promises(operation, 503)) {
            ask(operation).is(503);
          }
        }
      }
      euros.get(30, TimeUnit.SECONDS).expect(201);
      dollars.get(30, TimeUnit.SECONDS).expect(201);

      execute(database, "ALTER SCHEMA public RENAME TO elsewhere");
      for (Operation operation : contract.operations().values()) {
        if (promises(operation, 500)) {
          ask(operation).is(500, "internal_error");
        }
      }
      probes_tell_that_the_database_is_away(database);
    }
  }

  /**
   * A probe says so when a connection that it was given turns out to be dead, and that there is
   * none when the pool has noticed before; so it may take more than one attempt.
   */
  private void probes_tell_that_the_database_is_away(String database) throws SQLException {
    String name = database.substring(database.lastIndexOf('/') + 1);
    Instant deadline = Instant.now().plusSeconds(60);
    for (String path : List.of("/health", "/health/readiness")) {
      while (!kept.contains(new Promise("GET " + path, 503, ""))) {
        assertThat(Instant.now()).isBefore(deadline);
        if (get("", path).status() == 200) {
          execute(
              TestDatabase.jdbcUrl(),
              "ALTER DATABASE %s ALLOW_CONNECTIONS false;".formatted(name)
                  + " SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'"
                      .formatted(name));
          get("", path).is(503);
          execute(TestDatabase.jdbcUrl(), "ALTER DATABASE " + name + " ALLOW_CONNECTIONS true");
        }
      }
    }
  }

  private static Client.Answer open(Client client, String currency) {
    return client.post("/accounts", "{\"currency\": \"" + currency + "\"}");
  }

  private boolean promises(Operation operation, int status) {
    return contract.promises().stream()
        .anyMatch(
            promise -> promise.operation().equals(operation.name()) && promise.status() == status);
  }

  /** Sends the examples of the document, as whoever may. */
  private Answer ask(Operation operation) {
    Example example = Example.of(operation, contract);
    boolean forBankers = !operation.node().at("/security/0/bearer").isEmpty();
    return send(
        example.method(), example.path(), Map.of(), forBankers ? banker : alice, example.body());
  }

  /**
   * The request that the document shows for an operation, and that request with something wrong.
   */
  private record Example(
      String method, String path, Optional<String> wrongPath, String body, String wrongBody) {

    static Example of(Operation operation, WireContract contract) {
      String[] name = operation.name().split(" ", 2);
      String path = name[1];
      String wrong = name[1];
      String query = "";
      String wrongQuery = "";
      boolean spoilt = false;
      for (JsonNode named : operation.node().path("parameters")) {
        JsonNode parameter = contract.resolved(named);
        String in = parameter.get("in").asString();
        JsonNode schema = parameter.get("schema");
        String value = parameter.get("example").asString();
        boolean spoil =
            !spoilt && !in.equals("header") && (schema.has("format") || schema.has("pattern"));
        spoilt |= spoil;
        if (in.equals("path")) {
          String variable = "{" + parameter.get("name").asString() + "}";
          path = path.replace(variable, value);
          wrong = wrong.replace(variable, spoil ? "%20" : value);
        } else if (in.equals("query")) {
          boolean required = parameter.path("required").asBoolean();
          String assignment = "&" + parameter.get("name").asString() + "=";
          query += required ? assignment + URLEncoder.encode(value, StandardCharsets.UTF_8) : "";
          if (required || spoil) {
            wrongQuery +=
                assignment + (spoil ? "%20" : URLEncoder.encode(value, StandardCharsets.UTF_8));
          }
        }
      }
      JsonNode schema = operation.node().at("/requestBody/content/application~1json/schema");
      JsonNode body = schema.isMissingNode() ? schema : contract.resolved(schema);
      return new Example(
          name[0],
          query.isEmpty() ? path : path + "?" + query.substring(1),
          spoilt
              ? Optional.of(wrongQuery.isEmpty() ? wrong : wrong + "?" + wrongQuery.substring(1))
              : Optional.empty(),
          body.isMissingNode() ? "" : body.at("/examples/0").toString(),
          body.isMissingNode()
              ? ""
              : "{\"" + body.get("properties").propertyNames().iterator().next() + "\": {}}");
    }
  }

  private Answer logIn(String path, String username, String password) {
    return post(
        "", path, "{\"username\": \"%s\", \"password\": \"%s\"}".formatted(username, password));
  }

  private Answer cash(String way, long account, String amount, String currency) {
    return post(
        banker,
        "/accounts/" + account + "/" + way,
        "{\"amount\": %s, \"currency\": \"%s\"}".formatted(amount, currency));
  }

  private Answer transfer(long from, long to, long amount, String currency) {
    return transferAs(alice, from, to, amount, currency);
  }

  private Answer transferAs(String who, long from, long to, long amount, String currency) {
    return post(who, "/transfers", order(from, to, amount, currency));
  }

  private static String order(long from, long to, long amount, String currency) {
    return "{\"from_account_id\": %d, \"to_account_id\": %d, \"amount\": %d, \"currency\": \"%s\"}"
        .formatted(from, to, amount, currency);
  }

  private long balance(long account) {
    return get(banker, "/accounts/" + account).is(200).number("balance");
  }

  private Answer get(String token, String path) {
    return send("GET", path, Map.of(), token, "");
  }

  private Answer post(String token, String path, String body) {
    return send("POST", path, Map.of(), token, body);
  }

  private Answer patch(String token, String path, String body) {
    return send("PATCH", path, Map.of(), token, body);
  }

  private Answer send(
      String method, String path, Map<String, String> headers, String token, String body) {
    KnownSecrets.addFrom(body);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.resolve(path))
            .timeout(Duration.ofSeconds(60))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      KnownSecrets.addFrom(response.body());
      contract
          .check(
              method,
              response.request().uri().getRawPath(),
              response.statusCode(),
              response.headers()::firstValue,
              response.body())
          .ifPresent(kept::add);
      return new Answer(response.statusCode(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** A head alone, of a request that is too large to be sent as a whole. */
  private Answer raw(String method, String path, String headers) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
      socket.setSoTimeout(60_000);
      String head =
          "%s %s HTTP/1.1\r\nHost: bank\r\nConnection: close\r\n%s\r\n"
              .formatted(method, path, headers);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String[] parts = answer.split("\r\n\r\n", 2);
      Map<String, String> answered = new HashMap<>();
      String[] lines = parts[0].split("\r\n", -1);
      for (String line : lines) {
        String[] header = line.split(": ", 2);
        answered.put(header[0].toLowerCase(Locale.ROOT), header[header.length - 1]);
      }
      int status = Integer.parseInt(lines[0].substring(9, 12));
      contract
          .check(
              method,
              path.replaceFirst("\\?.*", ""),
              status,
              name -> Optional.ofNullable(answered.get(name.toLowerCase(Locale.ROOT))),
              parts[1])
          .ifPresent(kept::add);
      return new Answer(status, parts[1]);
    }
  }

  private String linkOf(String receiver) throws MessagingException, IOException {
    for (MimeMessage mail : mailServer.getReceivedMessages()) {
      Matcher link = LINK.matcher(String.valueOf(mail.getContent()));
      if (mail.getAllRecipients()[0].toString().equals(receiver) && link.find()) {
        return link.group(1);
      }
    }
    throw new AssertionError("there is no mail to " + receiver);
  }

  private static void execute(String database, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                database, TestDatabase.username(), TestDatabase.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private record Answer(int status, String body) {
    Answer is(int expected) {
      assertThat(status).as(body).isEqualTo(expected);
      return this;
    }

    Answer is(int expected, String code) {
      is(expected);
      assertThat(body).contains("\"code\":\"" + code + "\"");
      return this;
    }

    long number(String path) {
      return at(path).asLong();
    }

    String text(String path) {
      return at(path).asString();
    }

    private JsonNode at(String path) {
      return JsonMapper.shared().readTree(body).at("/" + path.replace('.', '/'));
    }
  }
}
