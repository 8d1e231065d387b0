package io.simplebank.adapter.web.openapi;

import static io.simplebank.adapter.web.WebBank.ALICE;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.web.router.Router;
import io.simplebank.adapter.web.Answer;
import io.simplebank.adapter.web.WebBank;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the document of the API says, and where it is read. */
final class DocumentTest {
  private final WebBank bank = WebBank.fresh();
  private final WireContract contract = WireContract.ofTheBank();

  @Test
  void has_every_route() {
    Set<String> routes =
        bank.bean(Router.class)
            .uriRoutes()
            .filter(route -> route.getDeclaringType().getName().startsWith("io.simplebank."))
            .filter(route -> !route.getHttpMethodName().equals("HEAD"))
            .map(route -> route.getHttpMethodName() + " " + route.getUriMatchTemplate())
            .collect(toSet());

    assertThat(contract.operations().keySet()).containsAll(routes);
    assertThat(contract.operations().keySet())
        .filteredOn(operation -> !routes.contains(operation))
        .as("what bank-bootstrap adds")
        .allMatch(operation -> operation.matches("GET /(health|prometheus|\\.well-known).*"));
  }

  @Test
  void says_who_needs_a_token() {
    Set<String> open =
        contract.operations().values().stream()
            .filter(operation -> operation.node().path("security").isEmpty())
            .map(WireContract.Operation::name)
            .filter(name -> name.contains("/accounts") || name.contains("/transfers"))
            .collect(toSet());

    assertThat(open).isEmpty();
    assertThat(securityOf("GET /accounts")).isEqualTo("[{\"bearer\":[]}]");
    assertThat(securityOf("POST /accounts/{id}/deposits")).isEqualTo("[{\"bearer\":[\"banker\"]}]");
    assertThat(securityOf("POST /users/login")).isEmpty();
  }

  @Test
  void has_no_parameters_or_fields_that_clients_do_not_send() {
    assertThat(contract.operations().values())
        .allSatisfy(
            operation ->
                assertThat(operation.node().toString().toLowerCase(Locale.ROOT))
                    .doesNotContain("caller")
                    .doesNotContain("httprequest"));
  }

  static Stream<Map.Entry<String, JsonNode>> schemas() {
    return WireContract.ofTheBank().schemas().stream();
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void shows_an_example_that_keeps_to_its_schema(Map.Entry<String, JsonNode> schema) {
    Collection<JsonNode> examples = schema.getValue().get("examples").valueStream().toList();

    assertThat(examples)
        .isNotEmpty()
        .allSatisfy(
            example ->
                assertThat(contract.violations(schema.getValue(), example))
                    .as(schema.getKey())
                    .isEmpty());
  }

  @Test
  void shows_parameters_and_problems_that_keep_to_their_schemas() {
    for (WireContract.Operation operation : contract.operations().values()) {
      for (JsonNode named : operation.node().path("parameters")) {
        JsonNode parameter = contract.resolved(named);
        assertThat(contract.violations(parameter.get("schema"), parameter.get("example")))
            .as(operation.name() + " " + parameter.get("name"))
            .isEmpty();
      }
      for (JsonNode response : operation.node().get("responses")) {
        for (JsonNode content : contract.resolved(response).path("content")) {
          for (JsonNode example : content.path("examples")) {
            assertThat(contract.violations(content.get("schema"), example.get("value")))
                .as(operation.name())
                .isEmpty();
          }
        }
      }
    }
  }

  @Test
  void is_read_by_anybody() {
    Answer answer = bank.call("GET", "/openapi.yml").send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).contains("application/yaml");
    assertThat(answer.body()).startsWith("openapi: 3.1.0\n").contains("/transfers/batch:");
  }

  @Test
  void is_shown_on_a_page_that_needs_nothing_from_elsewhere() {
    Answer page = bank.call("GET", "/docs").send();

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).contains("text/html");
    assertThat(page.header("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self'")
        .doesNotContain("unsafe");
    assertThat(page.body()).doesNotContain("http:", "https:", "<style", " style=", "onload");
    Matcher links = Pattern.compile("(?:src|href)=\"(/[^\"]+)\"").matcher(page.body());
    List<String> linked = links.results().map(link -> link.group(1)).toList();
    assertThat(linked).hasSize(3);
    for (String link : linked) {
      Answer file = bank.call("GET", link).send();
      assertThat(file.status()).as(link).isEqualTo(200);
      assertThat(file.header("Content-Type").orElseThrow())
          .isEqualTo(link.endsWith(".css") ? "text/css" : "text/javascript");
      assertThat(file.body()).isNotBlank();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/docs/swagger-ui.css.map", "/docs/..%2Findex.html", "/docs/%2e%2e"})
  void has_no_other_files(String path) {
    assertThat(bank.call("GET", path).as(ALICE).send().status()).isEqualTo(404);
  }

  private String securityOf(String operation) {
    return Objects.requireNonNull(contract.operations().get(operation))
        .node()
        .path("security")
        .toString();
  }
}
