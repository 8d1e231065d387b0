package io.simplebank.adapter.web;

import static io.simplebank.adapter.web.WebBank.ALICE;
import static io.simplebank.adapter.web.WebBank.BANKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.micronaut.web.router.Router;
import io.simplebank.domain.port.in.ListAccounts;
import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.Username;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, and where. */
final class AuthorizationTest {
  /** For whom a route is. */
  enum For {
    ANYBODY,
    USERS,
    BANKERS
  }

  private static final Map<String, For> ROUTES =
      Map.ofEntries(
          Map.entry("POST /users", For.ANYBODY),
          Map.entry("POST /users/login", For.ANYBODY),
          Map.entry("POST /accounts", For.USERS),
          Map.entry("GET /accounts", For.USERS),
          Map.entry("GET /accounts/{id}", For.USERS),
          Map.entry("GET /accounts/{id}/entries", For.USERS),
          Map.entry("POST /accounts/{id}/deposits", For.BANKERS),
          Map.entry("POST /accounts/{id}/withdrawals", For.BANKERS),
          Map.entry("POST /transfers", For.USERS),
          Map.entry("GET /transfers/{id}", For.USERS),
          Map.entry("POST /transfers/batch", For.USERS),
          Map.entry("POST /transfers/{id}/reversal", For.USERS),
          Map.entry("GET /idempotency/{key}", For.USERS));

  private final WebBank bank = WebBank.fresh();

  @Test
  void every_route_is_listed_here() {
    Set<String> routes =
        bank.bean(Router.class)
            .uriRoutes()
            .filter(route -> route.getDeclaringType().getName().startsWith("io.simplebank."))
            .map(route -> route.getHttpMethodName() + " " + route.getUriMatchTemplate())
            .filter(route -> !route.startsWith("HEAD "))
            .collect(Collectors.toSet());

    assertThat(routes).isEqualTo(ROUTES.keySet());
  }

  @ParameterizedTest
  @EnumSource(For.class)
  void every_route_is_open_to_those_whom_it_is_for(For whom) {
    ROUTES.forEach(
        (route, allowed) -> {
          if (allowed == whom) {
            assertThat(status(route, null) != 401)
                .as("%s to strangers", route)
                .isEqualTo(allowed == For.ANYBODY);
            assertThat(status(route, ALICE) != 403)
                .as("%s to depositors", route)
                .isEqualTo(allowed != For.BANKERS);
            assertThat(status(route, BANKER)).as("%s to bankers", route).isNotIn(401, 403);
          }
        });
  }

  @Test
  void a_head_is_guarded_like_a_get() {
    ROUTES.keySet().stream()
        .filter(route -> route.startsWith("GET "))
        .map(route -> route.replace("GET ", "HEAD "))
        .forEach(route -> assertThat(status(route, null)).as(route).isEqualTo(401));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "bearer", "BEARER", "bEaReR"})
  void matches_the_scheme_without_case(String scheme) {
    authorized(scheme + " " + bank.token(ALICE)).is(200, "[]");
  }

  @Test
  void knows_the_caller_by_the_token() {
    when(bank.listAccounts.list(any())).thenReturn(List.of());
    Caller caller = new Caller(new Username("i-i_1"), Role.BANKER);

    bank.get(caller, "/accounts").is(200, "[]");

    verify(bank.listAccounts).list(new ListAccounts.Query(caller, 1, 5));
  }

  @ParameterizedTest
  @MethodSource("bad_headers")
  void refuses_a_bad_header_on_a_guarded_route(String header) {
    Answer answer = authorized(header);

    answer.isProblem(401, "unauthenticated", "a valid bearer token is needed");
    assertThat(answer.header("WWW-Authenticate")).contains("Bearer");
    verifyNoInteractions(bank.listAccounts);
  }

  @ParameterizedTest
  @MethodSource("bad_headers")
  void ignores_a_bad_header_on_a_public_route(String header) {
    for (String path : List.of("/users", "/users/login")) {
      assertThat(bank.call("POST", path).header("Authorization", header).body("{}").send().status())
          .isEqualTo(400);
    }
  }

  static Stream<String> bad_headers() {
    return Stream.of(
        "",
        "none",
        "None",
        "Bearer",
        "Bearer ",
        "Bearer garbage",
        "Bearer a.b.c",
        "Bearer null",
        "Basic YWxpY2U6cGFzc3dvcmQ=",
        "Token abc");
  }

  @Test
  void welcomes_those_with_a_token_on_public_routes_too() {
    bank.post(ALICE, "/users/login", "{}").isInvalid("username", "password");
  }

  @ParameterizedTest
  @MethodSource("spoilt_claims")
  void refuses_a_token_of_the_banks_that_is_not_good(
      String what, Consumer<Map<String, Object>> spoil) {
    Map<String, Object> claims = WebBank.claims(ALICE);
    spoil.accept(claims);

    authorized("Bearer " + bank.token(claims)).isProblem(401, "unauthenticated");
  }

  static Stream<Arguments> spoilt_claims() {
    return Stream.of(
        spoilt("expired", claims -> claims.put("exp", in(Duration.ofMinutes(-5)))),
        spoilt("not yet valid", claims -> claims.put("nbf", in(Duration.ofMinutes(5)))),
        spoilt("of another issuer", claims -> claims.put("iss", "another-bank")),
        spoilt("of no issuer", claims -> claims.remove("iss")),
        spoilt("of nobody", claims -> claims.remove("sub")));
  }

  @Test
  void refuses_a_token_that_somebody_else_has_signed() throws JOSEException {
    SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims());
    token.sign(new MACSigner("another secret, just as long as it must be"));

    authorized("Bearer " + token.serialize()).isProblem(401, "unauthenticated");
  }

  @Test
  void refuses_a_token_that_nobody_has_signed() {
    authorized("Bearer " + new PlainJWT(claims()).serialize()).isProblem(401, "unauthenticated");
  }

  @Test
  void refuses_a_token_that_was_changed() {
    String[] parts = bank.token(ALICE).split("\\.", -1);
    String[] other = bank.token(BANKER).split("\\.", -1);

    authorized("Bearer " + parts[0] + "." + other[1] + "." + parts[2])
        .isProblem(401, "unauthenticated");
    authorized("Bearer " + parts[0] + "." + parts[1] + ".").isProblem(401, "unauthenticated");
  }

  private static Arguments spoilt(String what, Consumer<Map<String, Object>> spoil) {
    return Arguments.of(what, spoil);
  }

  private static Date in(Duration duration) {
    return Date.from(InstantSource.system().instant().plus(duration));
  }

  private static JWTClaimsSet claims() {
    JWTClaimsSet.Builder builder = new JWTClaimsSet.Builder();
    WebBank.claims(BANKER).forEach(builder::claim);
    return builder.build();
  }

  private Answer authorized(String header) {
    return bank.call("GET", "/accounts").header("Authorization", header).send();
  }

  /** The status of that route for that caller, or for a stranger. */
  private int status(String route, @Nullable Caller caller) {
    String[] parts = route.replaceAll("\\{\\w+}", "3").split(" ", -1);
    WebBank.Call call = bank.call(parts[0], parts[1]).body("{}");
    return (caller == null ? call : call.as(caller)).send().status();
  }
}
