package io.simplebank.adapter.web.http;

import static io.simplebank.adapter.web.WebBank.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.when;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.simplebank.adapter.web.WebBank;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every request is measured by its route, and none makes a time series of its own. */
final class RequestMeterTest {
  private final WebBank bank = WebBank.with(Map.of());

  @AfterEach
  void stop() {
    bank.close();
  }

  @Test
  void measures_what_is_answered_and_what_is_refused() {
    when(bank.listAccounts.list(any()))
        .thenReturn(List.of())
        .thenThrow(new IllegalStateException("for the test"));

    bank.get(ALICE, "/accounts?page_id=1");
    bank.get(ALICE, "/accounts");
    bank.call("GET", "/accounts").send();
    bank.post(ALICE, "/accounts/3/deposits", "{}");
    bank.post("/users", "{");
    bank.call("DELETE", "/accounts").as(ALICE).send();

    assertThat(count("GET", "/accounts", 200)).isEqualTo(1);
    assertThat(count("GET", "/accounts", 500)).isEqualTo(1);
    assertThat(count("GET", "/accounts", 401)).isEqualTo(1);
    assertThat(count("POST", "/accounts/{id}/deposits", 403)).isEqualTo(1);
    assertThat(count("POST", "/users", 400)).isEqualTo(1);
    assertThat(count("DELETE", "none", 405)).isEqualTo(1);
  }

  @Test
  void makes_no_time_series_for_what_a_client_makes_up() {
    for (int account = 1; account <= 20; account++) {
      bank.get(ALICE, "/accounts/" + account);
      bank.get(ALICE, "/nowhere/" + account);
      bank.call("BREW" + account, "/nowhere").send();
    }

    assertThat(count("GET", "/accounts/{id}", 404)).isEqualTo(20);
    assertThat(count("GET", "none", 404)).isEqualTo(20);
    assertThat(count("CUSTOM", "none", 401)).isEqualTo(20);
    assertThat(registry().find("http.server.requests").timers())
        .extracting(Timer::getId)
        .hasSize(3);
  }

  @Test
  void takes_the_time_of_those_who_do_the_work() {
    when(bank.listAccounts.list(any()))
        .thenAnswer(
            invocation -> {
              long begun = System.nanoTime();
              while (System.nanoTime() - begun < TimeUnit.MILLISECONDS.toNanos(20)) {
                Thread.onSpinWait();
              }
              return List.of();
            });

    bank.get(ALICE, "/accounts");

    assertThat(timer("GET", "/accounts", 200).totalTime(TimeUnit.MILLISECONDS))
        .isGreaterThanOrEqualTo(20);
  }

  private long count(String method, String route, int status) {
    return timer(method, route, status).count();
  }

  private Timer timer(String method, String route, int status) {
    List<Meter.Id> there =
        registry().find("http.server.requests").timers().stream().map(Meter::getId).toList();
    Timer timer =
        registry()
            .find("http.server.requests")
            .tags("method", method, "route", route, "status", String.valueOf(status))
            .timer();
    return Objects.requireNonNull(timer, () -> "not among " + there);
  }

  private MeterRegistry registry() {
    return bank.bean(MeterRegistry.class);
  }
}
