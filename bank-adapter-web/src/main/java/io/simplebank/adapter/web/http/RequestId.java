package io.simplebank.adapter.web.http;

import io.micronaut.core.order.Ordered;
import io.micronaut.core.propagation.MutablePropagatedContext;
import io.micronaut.core.propagation.ThreadPropagatedContextElement;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What one request is called, from the client's log through the proxies' to the bank's: what its
 * header says, or else a new name. It is in every answer and beside whatever is logged meanwhile.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
public final class RequestId implements Ordered {
  /** In requests and answers; whoever answers where no filter runs puts it there. */
  public static final String HEADER = "X-Request-Id";

  static final String IN_THE_LOG = "request_id";
  private static final String ATTRIBUTE = RequestId.class.getName();

  /** Nothing that could break a line of the log, or fill it. */
  private static final Pattern ACCEPTABLE = Pattern.compile("[A-Za-z0-9._-]{1,128}");

  /** Around all other filters: they log too, and theirs are answers too. */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  /** The name of that request, the same however often it is asked for. */
  public static String of(HttpRequest<?> request) {
    return request
        .getAttribute(ATTRIBUTE, String.class)
        .orElseGet(
            () -> {
              String id = given(request);
              request.setAttribute(ATTRIBUTE, id);
              return id;
            });
  }

  private static String given(HttpRequest<?> request) {
    String id = request.getHeaders().get(HEADER);
    return id != null && ACCEPTABLE.matcher(id).matches() ? id : UUID.randomUUID().toString();
  }

  @RequestFilter
  void logWith(HttpRequest<?> request, MutablePropagatedContext context) {
    // Threads that work for the request take it over, virtual ones too.
    context.add(new InTheLog(of(request)));
  }

  @ResponseFilter
  void answerWith(HttpRequest<?> request, MutableHttpResponse<?> response) {
    response.getHeaders().set(HEADER, of(request));
  }

  /**
   * Each filter and each thread that works for the request puts it there and takes it away again.
   * The framework's own copies all that is beside the log each time.
   */
  private record InTheLog(String id) implements ThreadPropagatedContextElement<@Nullable String> {
    @Override
    public @Nullable String updateThreadContext() {
      String before = MDC.get(IN_THE_LOG);
      MDC.put(IN_THE_LOG, id);
      return before;
    }

    @Override
    public void restoreThreadContext(@Nullable String before) {
      if (before == null) {
        MDC.remove(IN_THE_LOG);
      } else {
        MDC.put(IN_THE_LOG, before);
      }
    }
  }
}
