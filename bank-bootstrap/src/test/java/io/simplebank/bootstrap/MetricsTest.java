package io.simplebank.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whoever operates the bank can see how it does, and nothing of whom it serves. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsTest {
  private Bank bank;
  private Client alice;
  private Client banker;
  private long alices;
  private long bobs;

  @BeforeAll
  void open_two_accounts() {
    bank = ServerBank.start();
    alice = Client.registered(bank.address(), "alice");
    alices = alice.openAccount("USD");
    bobs = Client.registered(bank.address(), "bob").openAccount("USD");
    banker = Client.loggedIn(bank.address(), ServerBank.BANKER, ServerBank.BANKERS_PASSWORD);
  }

  @AfterAll
  void stop() {
    bank.close();
  }

  @Test
  void count_transfers_by_outcome_and_reason_and_repetitions_once() {
    Scrape before = scrape();
    banker.deposit(alices, 100, "USD").expect(201);
    String key = UUID.randomUUID().toString();
    String transfer = Client.transferOf(alices, bobs, 60);
    alice.post(key, "/transfers", transfer).expect(201);
    assertThat(alice.post(key, "/transfers", transfer).expect(201).replayed()).isTrue();
    alice.transfer(alices, bobs, 60).expect(422, "insufficient_funds");
    alice.transfer(alices, bobs, 0).expect(400);
    alice.post("/transfers/batch", "{\"transfers\": [%1$s, %1$s]}".formatted(transfer)).expect(200);
    Scrape after = scrape();

    assertThat(rise(before, after, "deposit", "posted", "none")).isEqualTo(1);
    assertThat(rise(before, after, "transfer", "posted", "none")).isEqualTo(1);
    assertThat(rise(before, after, "transfer", "declined", "insufficient_funds")).isEqualTo(1);
    assertThat(rise(before, after, "batch", "declined", "insufficient_funds")).isEqualTo(2);
  }

  @Test
  void count_logins_that_fail() {
    double before = scrape().value("bank_logins_total", Map.of("outcome", "refused"));

    Client.logIn(bank.address(), alice.username(), "not " + alice.username()).expect(401);

    assertThat(scrape().value("bank_logins_total", Map.of("outcome", "refused")))
        .isEqualTo(before + 1);
  }

  @Test
  void measure_requests_by_route() {
    alice.get("/accounts/" + alices).expect(200);

    Map<String, String> route = Map.of("method", "GET", "route", "/accounts/{id}", "status", "200");
    Scrape scrape = scrape();
    double count = scrape.value("http_server_requests_seconds_count", route);
    assertThat(count).isPositive();
    assertThat(
            scrape.samples().stream()
                .filter(sample -> sample.name().equals("http_server_requests_seconds_bucket"))
                .filter(sample -> sample.labels().entrySet().containsAll(route.entrySet()))
                .filter(sample -> sample.labels().containsValue("+Inf")))
        .singleElement()
        .satisfies(bucket -> assertThat(bucket.value()).isEqualTo(count));
  }

  @Test
  void tell_how_the_pool_and_the_jvm_do() {
    Scrape scrape = scrape();

    assertThat(scrape.value("hikaricp_connections_max", Map.of())).isEqualTo(10);
    assertThat(scrape.value("hikaricp_connections_pending", Map.of())).isZero();
    assertThat(scrape.value("hikaricp_connections_timeout_total", Map.of())).isZero();
    assertThat(scrape.names())
        .contains(
            "hikaricp_connections_active",
            "hikaricp_connections_usage_seconds_count",
            "jvm_memory_used_bytes",
            "jvm_gc_memory_allocated_bytes_total",
            "process_cpu_usage",
            "process_start_time_seconds",
            "logback_events_total");
  }

  @Test
  void name_nobody_and_grow_with_nobody() {
    alice.get("/accounts/" + alices).expect(200);
    alice.get("/nothing/at/all").expect(404);
    Scrape before = scrape();

    for (int i = 0; i < 5; i++) {
      Client another = Client.registered(bank.address(), "carol");
      another.get("/accounts/" + another.openAccount("EUR")).expect(200);
      another.get("/nothing/for/" + another.username()).expect(404);
    }

    Scrape after = scrape();
    assertThat(series(after)).hasSameElementsAs(series(before));
    assertThat(after.samples())
        .flatExtracting(sample -> sample.labels().values())
        .noneMatch(value -> value.contains("carol") || value.contains(alice.username()));
  }

  /**
   * Without those of Java's collector, which has new ones when it does what it has not done yet.
   */
  private static List<String> series(Scrape scrape) {
    return scrape.samples().stream()
        .filter(sample -> !sample.name().startsWith("jvm_gc_"))
        .map(sample -> sample.name() + sample.labels())
        .toList();
  }

  @Test
  void are_open_to_whoever_comes_so_far_and_alone() {
    Client nobody = Client.nobody(bank.address());

    assertThat(nobody.text("/prometheus")).startsWith("# HELP ");
    nobody.get("/metrics").expect(401);
    nobody.get("/beans").expect(401);
    nobody.get("/loggers").expect(401);
    alice.get("/metrics").expect(404);
  }

  private static double rise(
      Scrape before, Scrape after, String kind, String outcome, String code) {
    Map<String, String> labels = Map.of("kind", kind, "outcome", outcome, "code", code);
    boolean wasThere =
        before.samples().stream()
            .anyMatch(
                sample ->
                    sample.name().equals("bank_transfers_total") && sample.labels().equals(labels));
    return after.value("bank_transfers_total", labels)
        - (wasThere ? before.value("bank_transfers_total", labels) : 0);
  }

  private Scrape scrape() {
    return Scrape.of(bank.address());
  }
}
