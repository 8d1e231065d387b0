package io.simplebank.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What compose.yaml, its proxy and its secrets say agrees with each other and with the bank. */
class ComposeTest {
  private static final Node COMPOSE =
      DeployFiles.yaml(DeployFiles.DEPLOY.resolve("compose.yaml")).getFirst();
  private static final Node SERVICES = COMPOSE.at("services");
  private static final List<String> REPLICAS = List.of("bank-1", "bank-2");
  private static final String NGINX =
      DeployFiles.read(DeployFiles.DEPLOY.resolve("compose/nginx.conf"));
  private static final String SECRETS =
      DeployFiles.read(DeployFiles.DEPLOY.resolve("compose/make-secrets.sh"));

  @Test
  void everything_starts_when_what_it_needs_is_there() {
    assertStartsAfter("postgresql", "secrets", "service_completed_successfully");
    assertStartsAfter("migrate", "postgresql", "service_healthy");
    for (String replica : REPLICAS) {
      assertStartsAfter(replica, "migrate", "service_completed_successfully");
      assertStartsAfter("proxy", replica, "service_started");
    }
    assertThat(SERVICES.at("postgresql", "healthcheck", "test").texts())
        .startsWith("CMD", "pg_isready");
    assertThat(SERVICES.at("proxy", "healthcheck", "test").texts())
        .as("up --wait ends when a replica is ready behind the proxy")
        .last()
        .asString()
        .endsWith(":8080/health/readiness");
    assertThat(SERVICES.keys())
        .containsExactlyInAnyOrder("secrets", "postgresql", "migrate", "bank-1", "bank-2", "proxy");
  }

  @Test
  void every_setting_is_one_that_the_bank_knows() {
    Set<String> inTheOpen =
        SERVICES.at("bank-1", "environment").keys().stream()
            .filter(key -> key.startsWith("BANK_"))
            .collect(Collectors.toSet());
    Set<String> secret = secretProperties().collect(Collectors.toSet());
    assertThat(inTheOpen)
        .isSubsetOf(ConfigurationKeys.documented())
        .noneMatch(key -> key.matches(".*(SECRET|PASSWORD).*"));
    assertThat(secret)
        .isSubsetOf(ConfigurationKeys.documented())
        .contains("BANK_DATABASE_PASSWORD", "BANK_JWT_SECRET");
    for (String other : List.of("migrate", "bank-2")) {
      assertThat(SERVICES.at(other, "environment").value())
          .isEqualTo(SERVICES.at("bank-1", "environment").value());
    }
  }

  @Test
  void the_bank_asks_for_the_database_that_is_there() {
    Node database = SERVICES.at("postgresql", "environment");
    Node bank = SERVICES.at("bank-1", "environment");
    assertThat(bank.at("BANK_DATABASE_URL").text())
        .isEqualTo("jdbc:postgresql://postgresql:5432/" + database.at("POSTGRES_DB").text());
    assertThat(bank.at("BANK_DATABASE_USER").text()).isEqualTo(database.at("POSTGRES_USER").text());
  }

  @Test
  void secrets_are_files_that_are_made() {
    String directory = SECRETS.split("\ncd ", 2)[1].split("\n", 2)[0];
    assertThat(SERVICES.at("bank-1", "environment", "MICRONAUT_CONFIG_FILES").text())
        .isEqualTo(directory + "/bank.properties");
    assertThat(SERVICES.at("postgresql", "environment", "POSTGRES_PASSWORD_FILE").text())
        .isEqualTo(directory + "/database-password");
    assertThat(SECRETS).contains("> database-password", "bank.properties");
    for (String reader : List.of("postgresql", "migrate", "bank-1", "bank-2")) {
      assertThat(SERVICES.at(reader, "volumes").texts()).contains("secrets:" + directory + ":ro");
    }
    assertThat(SERVICES.at("secrets", "volumes").texts()).contains("secrets:" + directory);
    String user = Dockerfile.read().image().all("USER").getFirst().split(":", 2)[0];
    assertThat(SECRETS).contains("chown " + user + ":0 bank.properties");
  }

  @Test
  void files_that_are_mounted_exist() {
    List<String> mounted =
        SERVICES.fields().values().stream()
            .flatMap(service -> service.at("volumes").texts().stream())
            .filter(volume -> volume.startsWith("./"))
            .map(volume -> volume.split(":", 2)[0])
            .toList();
    assertThat(mounted)
        .isNotEmpty()
        .allSatisfy(file -> assertThat(DeployFiles.DEPLOY.resolve(file)).exists());
    Path dockerfile =
        DeployFiles.DEPLOY
            .resolve(SERVICES.at("bank-1", "build", "context").text())
            .resolve(SERVICES.at("bank-1", "build", "dockerfile").text());
    assertThat(Files.isRegularFile(dockerfile)).isTrue();
  }

  @Test
  void the_proxy_knows_every_replica_and_no_other() {
    assertThat(NGINX.lines().map(String::strip).filter(line -> line.startsWith("server bank")))
        .map(line -> line.split("[ ;]", -1)[1])
        .containsExactlyElementsOf(
            REPLICAS.stream()
                .map(replica -> replica + ":" + ConfigurationKeys.defaultOf("bank.port"))
                .toList());
    assertThat(NGINX).contains("listen 8080;").doesNotContain("non_idempotent");
    assertThat(SERVICES.at("proxy", "ports").texts())
        .as("open to this machine alone: there is no TLS")
        .containsExactly("127.0.0.1:8080:8080");
    assertThat(SERVICES.fields().values().stream().filter(service -> service.at("ports").exists()))
        .hasSize(1);
  }

  @Test
  void what_a_replica_has_begun_it_may_finish() {
    int grace = seconds(ConfigurationKeys.defaultOf("bank.shutdown-grace"));
    for (String replica : REPLICAS) {
      assertThat(seconds(SERVICES.at(replica, "stop_grace_period").text())).isGreaterThan(grace);
    }
  }

  @Test
  void no_service_may_do_more_than_it_must() {
    for (Map.Entry<String, Node> service : SERVICES.fields().entrySet()) {
      assertThat(service.getValue().at("image").text()).contains(":").doesNotEndWith(":latest");
      assertThat(service.getValue().at("privileged").exists()).isFalse();
      if (!service.getKey().equals("postgresql")) { // Its entry point becomes postgres by itself.
        assertThat(service.getValue().at("read_only").text()).isEqualTo("true");
        assertThat(service.getValue().at("cap_drop").texts()).containsExactly("ALL");
        assertThat(service.getValue().at("security_opt").texts())
            .containsExactly("no-new-privileges:true");
      }
    }
    assertThat(COMPOSE.at("networks", "database", "internal").text()).isEqualTo("true");
  }

  private static Stream<String> secretProperties() {
    return SECRETS
        .lines()
        .filter(line -> line.startsWith("bank."))
        .map(line -> line.split("=", 2)[0].toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"));
  }

  private static int seconds(String duration) {
    return Math.toIntExact(Duration.parse("PT" + duration).toSeconds());
  }

  private static void assertStartsAfter(String service, String other, String condition) {
    assertThat(SERVICES.at(service, "depends_on", other, "condition").text()).isEqualTo(condition);
  }
}
