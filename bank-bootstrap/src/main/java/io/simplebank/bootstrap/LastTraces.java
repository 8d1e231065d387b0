package io.simplebank.bootstrap;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import jakarta.annotation.PreDestroy;

/** Sends what has not been sent yet when the bank stops; nobody else would. */
@Context
@Requires(property = "micronaut.otel.enabled", value = "true")
final class LastTraces {
  private final OpenTelemetry telemetry;

  LastTraces(OpenTelemetry telemetry) {
    this.telemetry = telemetry;
  }

  @PreDestroy
  void send() {
    if (telemetry instanceof OpenTelemetrySdk sdk) {
      sdk.close();
    }
  }
}
