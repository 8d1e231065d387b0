package io.simplebank.adapter.web.http;

import io.micronaut.context.annotation.Requires;
import io.micronaut.context.propagation.slf4j.MdcPropagationContext;
import io.micronaut.core.order.Ordered;
import io.micronaut.core.propagation.MutablePropagatedContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.Map;

/** Puts beside what is logged for a request in which trace it is, where there are traces. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Requires(beans = OpenTelemetry.class)
final class TraceInLog implements Ordered {

  /** Once the trace has begun. */
  @Override
  public int getOrder() {
    return ServerFilterPhase.TRACING.after();
  }

  @RequestFilter
  void logWith(HttpRequest<?> request, MutablePropagatedContext context) {
    SpanContext span = Span.current().getSpanContext();
    if (span.isValid()) {
      // The one who comes last decides what is beside the log: so it is all here.
      context.add(
          new MdcPropagationContext(
              Map.of(
                  RequestId.IN_THE_LOG,
                  RequestId.of(request),
                  "trace_id",
                  span.getTraceId(),
                  "span_id",
                  span.getSpanId())));
    }
  }
}
