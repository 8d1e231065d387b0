package io.simplebank.bench;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Somebody who uses the bank.
 *
 * @param token what the bank has given them when they logged in
 */
record Customer(String username, String password, String token) {
  static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static final JsonMapper JSON = JsonMapper.createDefault();
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  static Customer registered(URI bank, String username) throws IOException, InterruptedException {
    String password = "the password of " + username;
    Customer nobody = new Customer(username, password, "");
    nobody.ask(
        nobody.post(
            bank,
            "/users",
            """
            {"username": "%1$s", "password": "%2$s", "full_name": "%1$s", "email": "%1$s@example.com"}
            """
                .formatted(username, password)));
    return loggedIn(bank, username, password);
  }

  static Customer loggedIn(URI bank, String username, String password)
      throws IOException, InterruptedException {
    Customer nobody = new Customer(username, password, "");
    JsonNode login = nobody.ask(nobody.login(bank));
    return new Customer(username, password, member(login, "access_token").getStringValue());
  }

  HttpRequest login(URI bank) {
    return post(
        bank,
        "/users/login",
        "{\"username\": \"%s\", \"password\": \"%s\"}".formatted(username, password));
  }

  long openAccount(URI bank) throws IOException, InterruptedException {
    JsonNode account = ask(post(bank, "/accounts", "{\"currency\": \"USD\"}"));
    return member(account, "id").getLongValue();
  }

  void deposit(URI bank, long account, long amount) throws IOException, InterruptedException {
    ask(
        post(
            bank,
            "/accounts/" + account + "/deposits",
            "{\"amount\": %d, \"currency\": \"USD\"}".formatted(amount)));
  }

  HttpRequest transfer(URI bank, long from, long to) {
    return post(
        bank,
        "/transfers",
        "{\"from_account_id\": %d, \"to_account_id\": %d, \"amount\": 1, \"currency\": \"USD\"}"
            .formatted(from, to));
  }

  private HttpRequest post(URI bank, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(bank.resolve(path))
            .timeout(PATIENCE)
            .POST(BodyPublishers.ofString(body));
    return (token.isEmpty() ? request : request.header("Authorization", "Bearer " + token)).build();
  }

  private JsonNode ask(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IOException(request.uri() + " answered " + response.body());
    }
    return JSON.readValue(response.body(), Argument.of(JsonNode.class));
  }

  private static JsonNode member(JsonNode json, String name) throws IOException {
    JsonNode member = json.get(name);
    if (member == null) {
      throw new IOException("the bank has answered without " + name);
    }
    return member;
  }
}
