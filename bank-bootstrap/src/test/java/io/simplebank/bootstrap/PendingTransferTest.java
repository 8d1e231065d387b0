package io.simplebank.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.adapter.persistence.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Money that is set aside, and settled, released or left to expire, once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PendingTransferTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String database = TestDatabase.createDatabase();
  private Bank first;
  private Bank second;
  private Client banker;
  private Client alice;
  private Client bob;
  private long alices;
  private long bobs;

  @BeforeAll
  void start() {
    first = ServerBank.startOn(database);
    second = ServerBank.startOn(database);
    banker = Client.loggedIn(first.address(), ServerBank.BANKER, ServerBank.BANKERS_PASSWORD);
  }

  @AfterAll
  void stop() {
    second.close();
    first.close();
  }

  @BeforeEach
  void open_accounts() {
    alice = Client.registered(first.address(), "alice");
    bob = Client.registered(first.address(), "bob");
    alices = alice.openAccount("USD");
    bobs = bob.openAccount("USD");
    banker.deposit(alices, 1000, "USD").expect(201);
  }

  @Test
  void sets_aside_and_settles_a_part_under_keys() {
    String order = pendingOrder(300, 3600);
    Client.Answer made = alice.post("k", "/transfers", order).expect(201);
    assertReplayed(made, alice.at(second.address()).post("k", "/transfers", order));
    alice.post("k", "/transfers", pendingOrder(300, 3601)).expect(422, "idempotency_key_reused");
    long pending = made.number("transfer.id");
    assertThat(made.text("transfer.status")).isEqualTo("pending");
    assertThat(made.number("from_account.available_balance")).isEqualTo(700);
    assertThat(made.find("to_account.balance")).isEmpty();
    assertThat(made.find("from_entry")).isEmpty();
    assertThat(alice.balance(alices)).isEqualTo(1000);
    assertThat(available()).isEqualTo(700);
    assertThat(bob.balance(bobs)).isZero();
    alice.transfer(alices, bobs, 701).expect(422, "insufficient_funds");
    assertThat(bob.get("/transfers/" + pending).expect(200).text("status")).isEqualTo("pending");

    String post = "/transfers/" + pending + "/post";
    bob.post(post, "{}").expect(403, "forbidden");
    bob.post("/transfers/" + pending + "/void", "").expect(403, "forbidden");
    Client.registered(first.address(), "eve").post(post, "").expect(404, "transfer_not_found");
    alice.post(post, "{\"amount\": 301}").expect(422, "exceeds_pending_amount");
    bob.post("/transfers/" + pending + "/reversal", "").expect(422, "transfer_not_reversible");

    Client.Answer settled = alice.post("k", post, "{\"amount\": 100}").expect(201);
    assertReplayed(settled, alice.at(second.address()).post("k", post, "{\"amount\": 100}"));
    assertThat(settled.number("transfer.pending_transfer_id")).isEqualTo(pending);
    assertThat(settled.text("transfer.status")).isEqualTo("posted");
    assertThat(settled.number("from_account.balance")).isEqualTo(900);
    assertThat(settled.number("from_account.available_balance")).isEqualTo(900);
    assertThat(bob.balance(bobs)).isEqualTo(100);
    assertThat(bob.get("/transfers/" + pending).expect(200).text("status")).isEqualTo("posted");
    alice.post(post, "").expect(409, "transfer_already_posted");
    alice.post("/transfers/" + pending + "/void", "").expect(409, "transfer_already_posted");
    long settling = settled.number("transfer.id");
    alice.post("/transfers/" + settling + "/post", "").expect(409, "transfer_not_pending");
    bob.post("/transfers/" + settling + "/reversal", "{\"amount\": 1}").expect(201);
  }

  @Test
  void releases_what_was_set_aside_under_a_key() {
    long pending = setAside(300, 3600);
    String path = "/transfers/" + pending + "/void";

    Client.Answer voided = banker.post("v", path, "").expect(200);
    assertReplayed(voided, banker.at(second.address()).post("v", path, "{}"));

    assertThat(voided.text("transfer.status")).isEqualTo("voided");
    assertThat(voided.number("from_account.available_balance")).isEqualTo(1000);
    assertThat(available()).isEqualTo(1000);
    alice.post(path, "").expect(409, "transfer_already_voided");
    alice.post("/transfers/" + pending + "/post", "").expect(409, "transfer_already_voided");
    assertThat(alice.get("/idempotency/none").expect(404, "idempotency_key_not_found").replayed())
        .isFalse();
    assertThat(banker.get("/idempotency/v").expect(200).text("answers.0.request"))
        .isEqualTo("POST /transfers/{id}/void");
  }

  @Test
  void resolves_once_when_many_ask_two_servers_at_once() throws Exception {
    long pending = setAside(300, 3600);
    String path = "/transfers/" + pending;
    List<CompletableFuture<Client.Answer>> requests = new ArrayList<>();
    try (LockedAccount lock = new LockedAccount(database, alices)) {
      for (int i = 0; i < 8; i++) {
        Client client = (i % 2 == 0 ? alice : banker).at((i < 4 ? first : second).address());
        String way = i % 4 < 2 ? "/post" : "/void";
        requests.add(
            CompletableFuture.supplyAsync(
                () -> client.post(path + way, way.equals("/post") ? "{\"amount\": 200}" : "")));
      }
      // One transaction for each server; whoever else asks it waits for that one.
      lock.awaitWaiting(2);
    }

    List<Integer> statuses = new ArrayList<>();
    for (CompletableFuture<Client.Answer> request : requests) {
      statuses.add(request.get(60, TimeUnit.SECONDS).status());
    }

    assertThat(statuses).filteredOn(status -> status == 409).hasSize(7);
    long moved = statuses.contains(201) ? 200 : 0;
    assertThat(statuses).contains(moved > 0 ? 201 : 200);
    assertThat(alice.get(path).expect(200).text("status"))
        .isEqualTo(moved > 0 ? "posted" : "voided");
    assertThat(available()).isEqualTo(1000 - moved);
    assertThat(bob.balance(bobs)).isEqualTo(moved);
  }

  @Test
  void expires_at_its_time() throws Exception {
    long pending = setAside(300, 1);
    String path = "/transfers/" + pending;

    await(() -> alice.get(path).expect(200).text("status").equals("expired"));

    assertThat(available()).isEqualTo(1000);
    alice.post(path + "/post", "").expect(409, "transfer_expired");
    alice.post(path + "/void", "").expect(409, "transfer_expired");
    alice.transfer(alices, bobs, 1000).expect(201);
  }

  @Test
  void is_written_down_as_expired_when_nobody_comes_by() throws Exception {
    long pending = setAside(300, 1);

    await(() -> outcomesOf(pending).equals(List.of("expired")));

    assertThat(available()).isEqualTo(1000);
    assertThat(alice.get("/transfers/" + pending).expect(200).text("status")).isEqualTo("expired");
  }

  @Test
  void lists_transfers_page_by_page() {
    long sent = alice.transfer(alices, bobs, 10).expect(201).number("transfer.id");
    long pending = setAside(20, 3600);
    long back = bob.transfer(bobs, alices, 5).expect(201).number("transfer.id");

    String path = "/transfers?account_id=" + bobs + "&limit=2";
    Client.Answer page = bob.get(path).expect(200);
    assertThat(page.number("transfers.0.id")).isEqualTo(back);
    assertThat(page.number("transfers.1.id")).isEqualTo(pending);
    assertThat(page.text("transfers.1.status")).isEqualTo("pending");
    Client.Answer rest =
        bob.at(second.address()).get(path + "&cursor=" + page.text("next_cursor")).expect(200);
    assertThat(rest.size("transfers")).isEqualTo(1);
    assertThat(rest.number("transfers.0.id")).isEqualTo(sent);
    assertThat(rest.find("next_cursor")).isEmpty();
    assertThat(banker.get(path).expect(200).size("transfers")).isEqualTo(2);
    alice.get(path).expect(404, "account_not_found");
  }

  private long setAside(long amount, long seconds) {
    return alice
        .post("/transfers", pendingOrder(amount, seconds))
        .expect(201)
        .number("transfer.id");
  }

  private String pendingOrder(long amount, long seconds) {
    return Client.transferOf(alices, bobs, amount)
        .replace("}", ", \"pending\": true, \"expires_in\": " + seconds + "}");
  }

  private long available() {
    return alice.get("/accounts/" + alices).expect(200).number("available_balance");
  }

  private static void assertReplayed(Client.Answer answer, Client.Answer again) {
    assertThat(again.replayed()).isTrue();
    assertThat(again.status()).isEqualTo(answer.status());
    assertThat(again.body()).isEqualTo(answer.body());
  }

  private List<String> outcomesOf(long transfer) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                database, TestDatabase.username(), TestDatabase.password());
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT outcome FROM resolutions WHERE pending_transfer_id = " + transfer)) {
      List<String> outcomes = new ArrayList<>();
      while (rows.next()) {
        outcomes.add(rows.getString(1));
      }
      return outcomes;
    }
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!condition.call()) {
      assertThat(Instant.now()).as("patience").isBefore(deadline);
    }
  }
}
