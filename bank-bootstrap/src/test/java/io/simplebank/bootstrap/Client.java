package io.simplebank.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.simplebank.adapter.web.openapi.WireContract;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Somebody who uses the bank over HTTP, logged in or not. */
record Client(URI bank, String token, String username) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = JsonMapper.createDefault();
  private static final String PASSWORD = "correct horse";

  static Client nobody(URI bank) {
    return new Client(bank, "", "");
  }

  /** Registers somebody whose name begins like that, and logs them in. */
  static Client registered(URI bank, String name) {
    String username = name + "-" + UUID.randomUUID().toString().substring(0, 8);
    nobody(bank)
        .post(
            "/users",
            """
            {"username": "%1$s", "password": "%2$s", "full_name": "%1$s", "email": "%1$s@example.com"}
            """
                .formatted(username, PASSWORD))
        .expect(201);
    return loggedIn(bank, username, PASSWORD);
  }

  static Client loggedIn(URI bank, String username, String password) {
    Answer login = logIn(bank, username, password);
    return new Client(bank, login.expect(200).text("access_token"), username);
  }

  /** The answer to a login of anybody, with any password. */
  static Answer logIn(URI bank, String username, String password) {
    return nobody(bank)
        .post(
            "/users/login",
            "{\"username\": \"%s\", \"password\": \"%s\"}".formatted(username, password));
  }

  /** The answer to a login of this user, who has been {@link #registered}. */
  Answer logInAgain() {
    return logIn(bank, username, PASSWORD);
  }

  /** The same user, after the bank has moved to another address. */
  Client at(URI newBank) {
    return new Client(newBank, token, username);
  }

  long openAccount(String currency) {
    return post("/accounts", "{\"currency\": \"" + currency + "\"}").expect(201).number("id");
  }

  Answer deposit(long account, long amount, String currency) {
    return post(
        "/accounts/" + account + "/deposits",
        "{\"amount\": %d, \"currency\": \"%s\"}".formatted(amount, currency));
  }

  Answer withdraw(long account, long amount, String currency) {
    return post(
        "/accounts/" + account + "/withdrawals",
        "{\"amount\": %d, \"currency\": \"%s\"}".formatted(amount, currency));
  }

  Answer transfer(long from, long to, Object amount) {
    return post("/transfers", transferOf(from, to, amount));
  }

  static String transferOf(long from, long to, Object amount) {
    return "{\"from_account_id\": %d, \"to_account_id\": %d, \"amount\": %s, \"currency\": \"USD\"}"
        .formatted(from, to, amount);
  }

  long balance(long account) {
    return get("/accounts/" + account).expect(200).number("balance");
  }

  Answer get(String path) {
    return send(request(path).GET());
  }

  Answer post(String path, String body) {
    return post(path, body, Map.of());
  }

  /** The same under a key. */
  Answer post(String key, String path, String body) {
    return post(path, body, Map.of("Idempotency-Key", key));
  }

  Answer post(String path, String body, Map<String, String> headers) {
    HttpRequest.Builder request = request(path).POST(publisher(body));
    headers.forEach(request::header);
    return send(request);
  }

  Answer put(String path, String body) {
    return send(request(path).PUT(publisher(body)));
  }

  Answer patch(String path, String body) {
    return send(request(path).method("PATCH", publisher(body)));
  }

  Answer delete(String path) {
    return send(request(path).DELETE());
  }

  /** The origin that a browser is told may read the answer, when a page of that origin asks. */
  Optional<String> originLetIn(String origin) {
    HttpResponse<String> response =
        send(request("/health").header("Origin", origin).GET(), BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    return response.headers().firstValue("Access-Control-Allow-Origin");
  }

  /** What is there that is no JSON. */
  String text(String path) {
    HttpResponse<String> response = send(request(path).GET(), BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }

  /** A statement as it comes in, line by line. */
  Stream<String> statement(long account) {
    HttpResponse<Stream<String>> response =
        send(csv("/accounts/" + account + "/entries"), BodyHandlers.ofLines());
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }

  /** A statement of which no more comes in than is read. */
  InputStream unreadStatement(long account) {
    HttpResponse<InputStream> response =
        send(csv("/accounts/" + account + "/entries"), BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }

  private HttpRequest.Builder csv(String path) {
    return request(path).header("Accept", "text/csv").GET();
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(bank.resolve(path)).timeout(Duration.ofSeconds(60));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private static HttpRequest.BodyPublisher publisher(String body) {
    KnownSecrets.addFrom(body);
    return BodyPublishers.ofString(body);
  }

  private static Answer send(HttpRequest.Builder request) {
    HttpResponse<String> response = send(request, BodyHandlers.ofString());
    String body = response.body();
    KnownSecrets.addFrom(body);
    try {
      JsonNode json =
          body.isEmpty() ? JsonNode.nullNode() : JSON.readValue(body, Argument.of(JsonNode.class));
      return new Answer(response.statusCode(), response.headers(), body, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The answer, which the document of the API must have foreseen. */
  private static <T> HttpResponse<T> send(
      HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
    try {
      HttpResponse<T> response = HTTP.send(request.build(), handler);
      WireContract.ofTheBank()
          .check(
              response.request().method(),
              response.request().uri().getRawPath(),
              response.statusCode(),
              response.headers()::firstValue,
              response.body() instanceof String body ? body : "");
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** What the bank answered. */
  record Answer(int status, HttpHeaders headers, String body, JsonNode json) {
    /** Whether the bank says that it has answered so before. */
    boolean replayed() {
      return headers.firstValue("Idempotent-Replayed").isPresent();
    }

    Answer expect(int expected) {
      assertThat(status).as(body).isEqualTo(expected);
      return this;
    }

    Answer expect(int expected, String code) {
      expect(expected);
      assertThat(text("code")).isEqualTo(code);
      return this;
    }

    /** The value at a path as {@code entries.0.amount}, if it is there. */
    Optional<JsonNode> find(String path) {
      Optional<JsonNode> node = Optional.of(json);
      for (String name : path.split("\\.", -1)) {
        node =
            node.flatMap(
                parent ->
                    Optional.ofNullable(
                        parent.isArray() ? parent.get(Integer.parseInt(name)) : parent.get(name)));
      }
      return node.filter(value -> !value.isNull());
    }

    long number(String path) {
      return at(path).getLongValue();
    }

    String text(String path) {
      return at(path).getStringValue();
    }

    int size(String path) {
      return at(path).size();
    }

    private JsonNode at(String path) {
      return find(path).orElseThrow(() -> new AssertionError("no " + path + " in " + body));
    }
  }
}
