package io.simplebank.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.simplebank.adapter.persistence.TestDatabase;
import io.simplebank.bootstrap.Scrape;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** The dashboard and the alerts ask for what the bank tells, and say what to do. */
class ObservabilityTest {
  private static final Logger LOG = LoggerFactory.getLogger(ObservabilityTest.class);

  private static final Path OBSERVABILITY = DeployFiles.DEPLOY.resolve("observability");
  private static final Node RULES =
      DeployFiles.yaml(OBSERVABILITY.resolve("rules.yaml")).getFirst();
  // YAML reads JSON too.
  private static final Node DASHBOARD =
      DeployFiles.yaml(OBSERVABILITY.resolve("dashboard.json")).getFirst();

  private static final Pattern IN_QUOTES = Pattern.compile("\"[^\"]*\"");
  private static final Pattern LABELS = Pattern.compile("\\{[^}]*}|\\b(by|without) ?\\([^)]*\\)");
  private static final Pattern RANGE = Pattern.compile("\\[[^\\]]*]");
  private static final Pattern NAME =
      Pattern.compile("(?<!\\w)[a-z_:][a-z0-9_:]*(?![\\w(])(?! *\\()");
  private static final Set<String> WORDS = Set.of("and", "or", "unless", "on", "ignoring");

  /** What there is without the bank, or once the garbage collector has run. */
  private static final Set<String> ELSEWHERE = Set.of("up", "jvm_gc_pause_seconds_sum");

  @Test
  void every_query_asks_for_what_a_running_bank_tells() {
    Set<String> asked = new TreeSet<>();
    queries().forEach(query -> asked.addAll(metrics(query)));
    assertThat(asked).hasSizeGreaterThan(15);
    asked.removeAll(ELSEWHERE);

    Map<String, String> environment = new HashMap<>();
    environment.put("BANK_DATABASE_URL", TestDatabase.createDatabase());
    environment.put("BANK_DATABASE_USER", TestDatabase.username());
    environment.put("BANK_DATABASE_PASSWORD", TestDatabase.password());
    environment.put("BANK_JWT_SECRET", "0123456789abcdef0123456789abcdef");
    environment.put("BANK_PORT", "0");
    environment.put("BANK_PASSWORD_HASH_COST", "4");
    // With the Java modules of the image, without which some are missing.
    try (ImageProcess bank = ImageProcess.start(environment)) {
      URI address = bank.address();
      Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
      Set<String> told = Scrape.of(address).names();
      while (!told.containsAll(asked) && Instant.now().isBefore(deadline)) {
        told = Scrape.of(address).names();
      }
      assertThat(told).containsAll(asked);
    }
  }

  @Test
  void metrics_are_found_in_a_query_and_nothing_else_is() {
    assertThat(
            metrics(
                "histogram_quantile(0.99, sum by (le, route) (rate(a_bucket{route=\"b_c\"}[5m])))"
                    + " / max(d_total) or time() - e_seconds > 0 unless absent(up{job=\"bank\"})"))
        .containsExactlyInAnyOrder("a_bucket", "d_total", "e_seconds", "up");
  }

  @Test
  void every_alert_says_what_is_wrong_and_what_to_do() {
    List<Node> alerts = alerts().toList();
    assertThat(alerts).hasSizeGreaterThan(8);
    assertThat(alerts).extracting(alert -> alert.at("alert").text()).doesNotHaveDuplicates();
    assertThat(alerts)
        .allSatisfy(
            alert -> {
              assertThat(alert.keys()).isSubsetOf("alert", "expr", "for", "labels", "annotations");
              assertThat(alert.at("labels", "severity").text()).isIn("page", "ticket");
              assertThat(alert.at("annotations").keys())
                  .containsExactlyInAnyOrder("summary", "runbook");
              assertThat(alert.at("annotations", "summary").text()).endsWith(".");
              assertThat(alert.at("annotations", "runbook").text())
                  .as("plain text, and more than a link")
                  .hasSizeGreaterThan(60)
                  .endsWith(".");
            });
  }

  @Test
  void the_rules_are_what_the_operator_of_prometheus_takes() {
    new Manifest(RULES).requireValid();
    assertThat(RULES.at("kind").text()).isEqualTo("PrometheusRule");
    Node kustomization = DeployFiles.yaml(OBSERVABILITY.resolve("kustomization.yaml")).getFirst();
    assertThat(kustomization.at("resources").texts()).containsExactly("rules.yaml");
    assertThat(kustomization.at("configMapGenerator", 0, "files", 0).text())
        .endsWith("=dashboard.json");
    Path production = DeployFiles.DEPLOY.resolve("kubernetes/overlays/production");
    assertThat(
            DeployFiles.yaml(production.resolve("kustomization.yaml"))
                .getFirst()
                .at("resources")
                .texts()
                .stream()
                .map(resource -> production.resolve(resource).normalize()))
        .contains(OBSERVABILITY);
  }

  @Test
  void every_panel_has_a_title_a_place_and_a_query() {
    List<Node> panels = DASHBOARD.at("panels").items();
    assertThat(panels).extracting(panel -> panel.at("id").number()).doesNotHaveDuplicates();
    assertThat(panels)
        .allSatisfy(
            panel -> {
              assertThat(panel.at("title").text()).isNotBlank();
              assertThat(panel.at("gridPos").keys()).containsExactlyInAnyOrder("x", "y", "w", "h");
              assertThat(panel.at("gridPos", "x").number() + panel.at("gridPos", "w").number())
                  .isLessThanOrEqualTo(24);
              if (!panel.at("type").text().equals("row")) {
                assertThat(panel.at("targets").items()).isNotEmpty();
                assertThat(panel.at("datasource", "uid").text()).isEqualTo("${datasource}");
              }
            });
  }

  @Test
  void promtool_finds_nothing_wrong_with_the_rules(@TempDir Path directory) throws Exception {
    boolean installed =
        Stream.of(System.getenv("PATH").split(":", -1))
            .anyMatch(entry -> Files.isExecutable(Path.of(entry, "promtool")));
    String reason = "promtool is not installed here, so it is not asked about the rules";
    if (!installed) {
      LOG.warn(reason);
    }
    assumeTrue(installed, reason);

    Path rules = directory.resolve("rules.yml");
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    Files.writeString(rules, new Yaml(options).dump(RULES.at("spec").value()));
    // A name that is there twice or a label that is none is a lint, and fails too.
    assertThat(run("promtool", "check", "rules", "--lint-fatal", rules.toString()))
        .contains("SUCCESS: " + alerts().count() + " rules found");
    Path queries = directory.resolve("queries.yml");
    Files.writeString(
        queries,
        new Yaml(options)
            .dump(
                Map.of(
                    "groups",
                    List.of(
                        Map.of(
                            "name",
                            "dashboard",
                            "rules",
                            panelQueries()
                                .distinct()
                                .map(
                                    query ->
                                        Map.of(
                                            "record",
                                            "query:" + Integer.toHexString(query.hashCode()),
                                            "expr",
                                            query.replace("$__rate_interval", "1m")))
                                .toList())))));
    assertThat(run("promtool", "check", "rules", "--lint-fatal", queries.toString()))
        .contains("SUCCESS");
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static Stream<Node> alerts() {
    return RULES.at("spec", "groups").items().stream()
        .flatMap(group -> group.at("rules").items().stream());
  }

  private static Stream<String> queries() {
    return Stream.concat(alerts().map(alert -> alert.at("expr").text()), panelQueries());
  }

  private static Stream<String> panelQueries() {
    return DASHBOARD.at("panels").items().stream()
        .flatMap(panel -> panel.at("targets").items().stream())
        .map(target -> target.at("expr").text());
  }

  /** The names that are neither functions nor words nor labels. */
  private static Set<String> metrics(String query) {
    String bare = query;
    for (Pattern noise : List.of(IN_QUOTES, LABELS, RANGE)) {
      bare = noise.matcher(bare).replaceAll(" ");
    }
    return NAME.matcher(bare)
        .results()
        .map(name -> name.group())
        .filter(name -> !WORDS.contains(name))
        .collect(Collectors.toSet());
  }
}
