package io.simplebank.adapter.web.http;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.UriRouteMatch;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Measures how long requests take, until there is an answer to send: of a long statement that is
 * its beginning. By route and not by path, of which there is one for each account. The framework's
 * own filter misses what the guards at the door refuse, and forgets the route of a 404.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class RequestMeter implements Ordered {
  private static final String NO_ROUTE = "none";
  private static final String ARRIVAL = RequestMeter.class.getName();

  /** Wide apart, as each is a time series for every route and status. */
  private static final Duration[] DURATIONS = {
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
  };

  private final Meter.MeterProvider<Timer> provider;

  /** As many as there are time series. */
  private final Map<Series, Timer> timers = new ConcurrentHashMap<>();

  RequestMeter(MeterRegistry registry) {
    provider =
        Timer.builder("http.server.requests")
            .description("How long requests took until there was an answer to send.")
            .serviceLevelObjectives(DURATIONS)
            .withRegistry(registry);
  }

  /** Around all other filters: the time that they take counts, and theirs are answers too. */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @RequestFilter
  void arrive(HttpRequest<?> request) {
    request.setAttribute(ARRIVAL, System.nanoTime());
  }

  @ResponseFilter
  void answer(HttpRequest<?> request, MutableHttpResponse<?> response) {
    long now = System.nanoTime();
    long arrival = request.getAttribute(ARRIVAL, Long.class).orElse(now);
    timers
        .computeIfAbsent(
            new Series(request.getMethod().name(), route(request), response.code()), this::timer)
        .record(now - arrival, TimeUnit.NANOSECONDS);
  }

  private Timer timer(Series series) {
    return provider.withTags(
        Tags.of(
            "method", series.method(),
            "route", series.route(),
            "status", String.valueOf(series.status())));
  }

  private static String route(HttpRequest<?> request) {
    return RouteAttributes.getRouteMatch(request).orElse(null) instanceof UriRouteMatch<?, ?> match
        ? match.getRouteInfo().getUriMatchTemplate().toPathString()
        : NO_ROUTE;
  }

  private record Series(String method, String route, int status) {}
}
