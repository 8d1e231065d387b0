package io.simplebank.bootstrap;

import io.micronaut.context.env.PropertySource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Traces are made where it is said to which collector they go, and cost nothing elsewhere. The
 * names are OpenTelemetry's own: {@code OTEL_EXPORTER_OTLP_ENDPOINT} and what goes with it.
 */
final class Tracing {
  private Tracing() {}

  /**
   * What turns it on, as the framework spells it.
   *
   * @param setting finds a setting by its property
   */
  static PropertySource settings(Function<String, Optional<String>> setting) {
    boolean collected =
        Stream.of("otel.exporter.otlp.endpoint", "otel.exporter.otlp.traces.endpoint")
            .anyMatch(endpoint -> setting.apply(endpoint).isPresent());
    return PropertySource.of(
        "tracing",
        collected
            ? Map.of(
                "micronaut.otel.enabled",
                true,
                "otel.traces.exporter",
                "otlp",
                "otel.instrumentation.jdbc.enabled",
                true,
                // How long it takes to get a connection is a metric.
                "otel.instrumentation.jdbc.data-source-instrumenter-enabled",
                false)
            : Map.of(),
        Integer.MAX_VALUE);
  }
}
