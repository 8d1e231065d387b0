package io.simplebank.bootstrap;

import io.micronaut.context.annotation.Requires;
import io.micronaut.tracing.opentelemetry.OpenTelemetryBuilderCustomizer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdkBuilder;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * A trace begins with a request, and tells no secret of it. What the bank asks of its database by
 * itself, every second, would be a trace for each question.
 */
@Singleton
@Requires(property = "micronaut.otel.enabled", value = "true")
final class TracesOfRequests implements OpenTelemetryBuilderCustomizer {
  @Override
  public void configure(AutoConfiguredOpenTelemetrySdkBuilder builder) {
    builder.addSamplerCustomizer((configured, properties) -> new OfRequests(configured));
    builder.addTracerProviderCustomizer(
        (provider, properties) -> provider.addSpanProcessor(new WithoutQueries()));
    // LastTraces does it, once the last request has been answered.
    builder.disableShutdownHook();
  }

  private record OfRequests(Sampler configured) implements Sampler {
    @Override
    public SamplingResult shouldSample(
        Context parent,
        String traceId,
        String name,
        SpanKind kind,
        Attributes attributes,
        List<LinkData> parents) {
      boolean inATrace = Span.fromContext(parent).getSpanContext().isValid();
      return inATrace || kind == SpanKind.SERVER
          ? configured.shouldSample(parent, traceId, name, kind, attributes, parents)
          : SamplingResult.drop();
    }

    @Override
    public String getDescription() {
      return "OfRequests{" + configured.getDescription() + "}";
    }
  }

  /** The link in a verification mail has its secret in the query. */
  private static final class WithoutQueries implements SpanProcessor {
    private static final AttributeKey<String> QUERY = AttributeKey.stringKey("url.query");

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
      if (span.getAttribute(QUERY) != null) {
        span.setAttribute(QUERY, "REDACTED");
      }
    }

    @Override
    public boolean isStartRequired() {
      return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {
      // Too late to change anything.
    }

    @Override
    public boolean isEndRequired() {
      return false;
    }
  }
}
