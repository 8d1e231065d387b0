package io.simplebank.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.simplebank.adapter.persistence.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The log is for people or for machines, as it is configured. */
class LogFormatTest {
  private static final List<String> AS_OUTSIDE_OF_TESTS =
      List.of(
          "-Dlogback.configurationFile=logback.xml",
          // OpenTelemetry has the JVM warn of it, on standard error.
          "--sun-misc-unsafe-memory-access=allow");
  private static final JsonMapper JSON = JsonMapper.createDefault();

  @Test
  void is_for_people_unless_something_else_is_said() {
    assertThat(LogFormat.of(List.of(), Map.of())).isEqualTo(LogFormat.TEXT);
    assertThat(LogFormat.of(List.of(), Map.of("BANK_LOG_FORMAT", ""))).isEqualTo(LogFormat.TEXT);
    assertThat(LogFormat.of(List.of(), Map.of("BANK_LOG_FORMAT", "json")))
        .isEqualTo(LogFormat.JSON);
  }

  @Test
  void is_what_the_command_line_says_before_the_environment() {
    List<String> args = List.of("--bank.port=0", "--bank.log-format=text");

    assertThat(LogFormat.of(args, Map.of("BANK_LOG_FORMAT", "json"))).isEqualTo(LogFormat.TEXT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"JSON", "xml", "json,text", "../json"})
  void is_refused_where_there_is_no_such_format(String format) {
    assertThatThrownBy(() -> LogFormat.of(List.of(), Map.of("BANK_LOG_FORMAT", format)))
        .isInstanceOf(StartupException.class)
        .hasMessage("BANK_LOG_FORMAT must be text or json, not " + format);
  }

  @Test
  void is_one_json_object_a_line_with_the_request_and_the_trace_that_it_is_about()
      throws IOException {
    String trace = "0af7651916cd43dd8448eb211c80319c";
    List<Map<String, Object>> log;
    try (TraceCollector collector = new TraceCollector();
        BankProcess bank =
            BankProcess.startOn(
                TestDatabase.createDatabase(),
                AS_OUTSIDE_OF_TESTS,
                "--bank.log-format=json",
                "--otel.exporter.otlp.endpoint=" + collector.address(),
                // What the bank asks its database while it works for a request.
                "--logger.levels.io.micronaut.data.query=DEBUG")) {
      Client.nobody(bank.address())
          .post(
              "/users/login",
              "{\"username\": \"nobody\", \"password\": \"of any account\"}",
              Map.of(
                  "X-Request-Id",
                  "that-was-refused",
                  "traceparent",
                  "00-" + trace + "-b7ad6b7169203331-01"))
          .expect(401);

      log = StreamSupport.stream(bank.output().spliterator(), false).map(this::parsed).toList();
    }

    assertThat(log)
        .isNotEmpty()
        .allSatisfy(
            event -> {
              assertThat(event.get("timestamp")).isInstanceOf(Long.class);
              assertThat(event.get("level")).isIn("DEBUG", "INFO", "WARN");
              assertThat(event.get("loggerName")).isInstanceOf(String.class);
              assertThat(event.get("formattedMessage")).isInstanceOf(String.class);
            })
        .anySatisfy(
            event ->
                assertThat(event.get("mdc"))
                    .asInstanceOf(InstanceOfAssertFactories.map(String.class, String.class))
                    .containsEntry("request_id", "that-was-refused")
                    .containsEntry("trace_id", trace)
                    .containsKey("span_id"));
  }

  @Test
  void is_text_that_names_the_request_that_it_is_about() throws IOException {
    try (BankProcess bank =
        BankProcess.startOn(
            TestDatabase.createDatabase(),
            AS_OUTSIDE_OF_TESTS,
            // What the bank does with its database while it works for a request.
            "--logger.levels.io.micronaut.transaction=DEBUG",
            "--logger.levels.io.micronaut.data.connection=DEBUG")) {
      Client.nobody(bank.address())
          .post(
              "/users/login",
              "{\"username\": \"nobody\", \"password\": \"of any account\"}",
              Map.of("X-Request-Id", "that-was-refused"))
          .expect(401);

      assertThat(bank.output())
          .allMatch(line -> line.startsWith("20") || line.startsWith("\tat "))
          .anyMatch(line -> line.endsWith(" request=that-was-refused"))
          .anyMatch(line -> line.contains("The bank answers at ") && !line.contains("request="));
    }
  }

  private Map<String, Object> parsed(String line) {
    try {
      return JSON.readValue(line, Argument.mapOf(String.class, Object.class));
    } catch (IOException e) {
      throw new UncheckedIOException("no JSON: " + line, e);
    }
  }
}
