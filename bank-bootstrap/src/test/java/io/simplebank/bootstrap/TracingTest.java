package io.simplebank.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.simplebank.adapter.persistence.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Where a collector is named, it is sent what became of requests, and nothing else. */
class TracingTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String TRACEPARENT = "00-" + TRACE + "-b7ad6b7169203331-01";

  @Test
  void sends_a_request_with_what_it_asked_of_the_database_in_the_trace_of_the_client() {
    try (TraceCollector collector = new TraceCollector()) {
      try (Bank bank = traced(collector)) {
        Client alice = Client.registered(bank.address(), "alice");
        long account = alice.openAccount("USD");
        alice
            .post(
                "/accounts",
                "{\"currency\": \"EUR\"}",
                Map.of("traceparent", TRACEPARENT, "X-Request-Id", "the-traced-one"))
            .expect(201);
        alice.get("/accounts/" + account).expect(200);
        Client.nobody(bank.address()).get("/health/readiness").expect(200);
        Client.nobody(bank.address()).text("/prometheus");
        Client.nobody(bank.address())
            .post("/users", "{", Map.of("traceparent", TRACEPARENT))
            .expect(400);
      }

      // What had not been sent yet was sent when the bank was told to stop.
      assertThat(collector.service()).contains("simple-bank");
      Span request =
          one(
              collector.spans(),
              span -> is(span, SpanKind.SPAN_KIND_SERVER, "POST /accounts", TRACE));
      assertThat(collector.spans())
          .filteredOn(span -> span.getParentSpanId().equals(request.getSpanId()))
          .isNotEmpty()
          .allSatisfy(
              span -> {
                assertThat(span.getKind()).isEqualTo(SpanKind.SPAN_KIND_CLIENT);
                assertThat(TraceCollector.traceOf(span)).isEqualTo(TRACE);
              });
      assertThat(collector.spans())
          .filteredOn(span -> span.getKind() == SpanKind.SPAN_KIND_SERVER)
          .extracting(Span::getName)
          .contains("GET /accounts/{id}", "POST /users", "POST /users/login")
          .noneMatch(name -> name.contains("health") || name.contains("prometheus"));
      assertThat(collector.spans())
          .as("what the bank asks by itself")
          .filteredOn(span -> span.getKind() != SpanKind.SPAN_KIND_SERVER)
          .allMatch(span -> !span.getParentSpanId().isEmpty());
      assertThat(KnownSecrets.toldBy(List.of(collector.everything()))).isEmpty();
    }
  }

  @Test
  void tells_no_secret_that_stands_in_a_query() {
    String code = "c".repeat(43);
    try (TraceCollector collector = new TraceCollector()) {
      try (Bank bank = traced(collector)) {
        Client.nobody(bank.address())
            .get("/users/verify_email?email_id=1&secret_code=" + code)
            .expect(422);
        Client.nobody(bank.address())
            .get("/v1/verify_email?email_id=1&secret_code=" + code)
            .expect(422);
      }

      assertThat(collector.spans())
          .extracting(Span::getName)
          .contains("GET /users/verify_email", "GET /v1/verify_email");
      assertThat(collector.everything()).doesNotContain(code);
    }
  }

  @Test
  void is_not_there_where_no_collector_is_named() {
    assertThat(Tracing.settings(key -> Optional.empty())).isEmpty();
    try (LogOfEverything log = new LogOfEverything()) {
      try (Bank bank = ServerBank.start()) {
        Client.registered(bank.address(), "alice");
      }

      assertThat(log.lines()).noneMatch(line -> line.contains("trace_id"));
      assertThat(log.lines()).noneMatch(line -> line.contains("opentelemetry"));
    }
  }

  @Test
  void does_not_hold_anybody_up_while_the_collector_is_away() {
    TraceCollector collector = new TraceCollector();
    try (Bank bank = traced(collector)) {
      collector.close();

      Client.registered(bank.address(), "alice").get("/accounts").expect(200);
    }
  }

  private static Bank traced(TraceCollector collector) {
    return ServerBank.startOn(
        TestDatabase.createDatabase(), "--otel.exporter.otlp.endpoint=" + collector.address());
  }

  private static boolean is(Span span, SpanKind kind, String name, String trace) {
    return span.getKind() == kind
        && span.getName().equals(name)
        && TraceCollector.traceOf(span).equals(trace);
  }

  private static Span one(List<Span> spans, Predicate<Span> wanted) {
    List<Span> found = spans.stream().filter(wanted).toList();
    assertThat(found).as(() -> spans.stream().map(Span::getName).toList().toString()).hasSize(1);
    return found.getFirst();
  }
}
