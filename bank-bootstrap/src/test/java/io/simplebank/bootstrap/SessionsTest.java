package io.simplebank.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.adapter.persistence.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Sessions over two servers on one database: what one has ended is over on the other, too. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionsTest {
  private static final String PASSWORD = "correct horse";

  /** Of access tokens of ended sessions it is promised that they stop working within seconds. */
  private static final Duration SECONDS = Duration.ofSeconds(10);

  private Bank here;
  private Bank there;

  @BeforeAll
  void start() {
    String database = TestDatabase.createDatabase();
    here = ServerBank.startOn(database);
    there = ServerBank.startOn(database);
  }

  @AfterAll
  void stop() {
    here.close();
    there.close();
  }

  @Test
  void logs_out_on_every_server() {
    Login phone = register("alice");
    Login laptop = logIn(phone.username());
    // The third is the one that the test client began as it registered.
    assertThat(phone.client(here).get("/sessions").expect(200).json().size()).isEqualTo(3);

    phone.client(here).delete("/sessions/" + laptop.session()).expect(204);

    laptop.client(here).get("/accounts").expect(401, "unauthenticated");
    awaitRefused(() -> laptop.client(there).get("/accounts"));
    renew(laptop.refreshToken(), there).expect(401, "invalid_refresh_token");
    phone.client(there).get("/accounts").expect(200);
    phone.client(there).delete("/sessions/" + laptop.session()).expect(404, "session_not_found");
  }

  @Test
  void shows_nobody_anothers_sessions() {
    Login alice = register("alice");
    Login bob = register("bob");

    bob.client(here).delete("/sessions/" + alice.session()).expect(404, "session_not_found");

    assertThat(bob.client(here).get("/sessions").expect(200).text("0.id")).isEqualTo(bob.session());
    alice.client(here).get("/accounts").expect(200);
  }

  @Test
  void renews_access_at_any_server_and_forgives_a_lost_answer() {
    Login login = register("alice");
    renew(login.refreshToken(), here).expect(200);

    // That answer was lost; the client tries again, elsewhere.
    Client.Answer arrived = renew(login.refreshToken(), there).expect(200);
    new Client(here.address(), arrived.text("access_token"), login.username())
        .get("/accounts")
        .expect(200);

    renew(arrived.text("refresh_token"), here).expect(200);
    renew(login.refreshToken(), there).expect(401, "invalid_refresh_token");
    renew(arrived.text("refresh_token"), here).expect(401, "invalid_refresh_token");
    awaitRefused(() -> login.client(here).get("/accounts"));
    awaitRefused(() -> login.client(there).get("/accounts"));
  }

  @Test
  void ends_all_other_sessions_when_the_password_is_changed() {
    Login thief = register("alice");
    Login owner = logIn(thief.username());

    owner
        .client(here)
        .patch(
            "/users/me",
            "{\"password\": \"battery staple\", \"current_password\": \"" + PASSWORD + "\"}")
        .expect(200);

    thief.client(here).get("/accounts").expect(401, "unauthenticated");
    awaitRefused(() -> thief.client(there).get("/accounts"));
    owner.client(here).get("/accounts").expect(200);
    owner.client(there).get("/accounts").expect(200);
    Client.nobody(here.address())
        .post("/users/login", credentials(owner.username(), PASSWORD))
        .expect(401, "invalid_credentials");
    Client.loggedIn(here.address(), owner.username(), "battery staple");
  }

  @Test
  void ends_the_sessions_of_a_user_whose_role_is_changed() {
    Login alice = register("alice");
    Client banker = Client.loggedIn(here.address(), ServerBank.BANKER, ServerBank.BANKERS_PASSWORD);
    alice.client(here).get("/users").expect(403, "forbidden");

    banker.patch("/users/" + alice.username(), "{\"role\": \"banker\"}").expect(200);

    awaitRefused(() -> alice.client(there).get("/accounts"));
    logIn(alice.username()).client(there).get("/users").expect(200);
    banker
        .patch("/users/" + ServerBank.BANKER, "{\"role\": \"depositor\"}")
        .expect(409, "own_role");
  }

  private Login register(String name) {
    return logIn(Client.registered(here.address(), name).username());
  }

  private Login logIn(String username) {
    Client.Answer answer =
        Client.nobody(here.address())
            .post("/users/login", credentials(username, PASSWORD))
            .expect(200);
    return new Login(
        username,
        UUID.fromString(answer.text("session_id")).toString(),
        answer.text("access_token"),
        answer.text("refresh_token"));
  }

  private static Client.Answer renew(String refreshToken, Bank bank) {
    return Client.nobody(bank.address())
        .post("/tokens/renew_access", "{\"refresh_token\": \"" + refreshToken + "\"}");
  }

  private static String credentials(String username, String password) {
    return "{\"username\": \"%s\", \"password\": \"%s\"}".formatted(username, password);
  }

  private static void awaitRefused(Supplier<Client.Answer> request) {
    Instant deadline = Instant.now().plus(SECONDS);
    while (request.get().status() != 401) {
      assertThat(Instant.now()).as("still let in").isBefore(deadline);
    }
  }

  private record Login(String username, String session, String token, String refreshToken) {
    Client client(Bank bank) {
      return new Client(bank.address(), token, username);
    }
  }
}
