package io.simplebank.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The workflows may do what they must and no more, and run what is there. Nobody publishes a linter
 * or a schema of them for Java, so what matters most is checked here by hand.
 */
class WorkflowsTest {
  private static final Path GITHUB = DeployFiles.REPOSITORY.resolve(".github");

  /** Read by a parser of YAML 1.1, to which a plain {@code on} is a boolean. */
  private static final Object ON = true;

  private static final Set<String> JOB_KEYS =
      Set.of(
          "name",
          "needs",
          "uses",
          "runs-on",
          "timeout-minutes",
          "environment",
          "permissions",
          "env",
          "steps");
  private static final Set<String> STEP_KEYS =
      Set.of("name", "id", "if", "uses", "with", "run", "env", "working-directory");

  private static final Pattern PINNED =
      Pattern.compile("- uses: [\\w./-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+");
  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{");

  static List<Path> workflows() {
    return DeployFiles.yamlFilesBelow(GITHUB.resolve("workflows"));
  }

  @Test
  void there_is_one_to_test_one_to_build_and_one_to_deploy() {
    assertThat(workflows())
        .extracting(file -> file.getFileName().toString())
        .containsExactlyInAnyOrder("test.yml", "image.yml", "deploy.yml");
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void every_action_is_pinned_by_its_commit_and_says_its_version(Path file) {
    assertThat(DeployFiles.read(file).lines().map(String::strip))
        .filteredOn(line -> line.contains("uses:") && !line.contains("uses: ./"))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line.replaceFirst("^uses", "- uses")).matches(PINNED));
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void nothing_is_allowed_but_what_a_job_asks_for(Path file) {
    Node workflow = DeployFiles.yaml(file).getFirst();
    assertThat(workflow.at("permissions").fields()).as("of the whole workflow").isEmpty();
    assertThat(workflow.at("jobs").fields()).isNotEmpty();
    for (Node job : workflow.at("jobs").fields().values()) {
      Map<String, Node> permissions = job.at("permissions").fields();
      assertThat(permissions.keySet()).contains("contents").isSubsetOf("contents", "id-token");
      assertThat(job.at("permissions", "contents").text()).isEqualTo("read");
    }
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void no_key_is_kept_and_no_stranger_runs_code_with_rights(Path file) {
    String text = DeployFiles.read(file);
    assertThat(text)
        .doesNotContain("secrets.", "secrets:", "aws-access-key-id", "pull_request_target")
        .doesNotContain("workflow_run", "persist-credentials: true");
    long checkouts = text.lines().filter(line -> line.contains("actions/checkout@")).count();
    assertThat(text.lines().filter(line -> line.contains("persist-credentials: false")))
        .hasSize(Math.toIntExact(checkouts));
    assertThat(DeployFiles.yaml(file).getFirst().at(ON).exists()).isTrue();
  }

  /** What a branch or an input is named must never be run by a shell. */
  @ParameterizedTest
  @MethodSource("workflows")
  void no_expression_is_pasted_into_a_script(Path file) {
    assertThat(steps(file))
        .allSatisfy(
            step -> {
              if (step.at("run").exists()) {
                assertThat(step.at("run").text()).doesNotContainPattern(EXPRESSION);
              }
            });
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void jobs_and_steps_have_no_key_that_is_misspelt_and_every_job_ends(Path file) {
    for (Node job : DeployFiles.yaml(file).getFirst().at("jobs").fields().values()) {
      assertThat(job.keys()).as(job.path()).isSubsetOf(JOB_KEYS);
      if (!job.at("uses").exists()) {
        assertThat(job.at("timeout-minutes").number()).isBetween(1, 60);
        assertThat(job.at("runs-on").text()).doesNotContain("latest");
      }
    }
    assertThat(steps(file))
        .allSatisfy(
            step -> {
              assertThat(step.keys()).as(step.path()).isSubsetOf(STEP_KEYS);
              assertThat(step.at("uses").exists()).isNotEqualTo(step.at("run").exists());
            });
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void what_a_workflow_runs_is_there(Path file) {
    Stream<String> called =
        Pattern.compile("(?<![\\w/])(?:\\./)?((?:mvnw|deploy/|\\.github/workflows/)[\\w./-]*)")
            .matcher(DeployFiles.read(file))
            .results()
            .map(result -> result.group(1));
    assertThat(called)
        .allSatisfy(name -> assertThat(DeployFiles.REPOSITORY.resolve(name)).exists());
  }

  @Test
  void the_test_workflow_runs_the_readmes_command_and_the_gate() {
    List<String> commands =
        steps(GITHUB.resolve("workflows/test.yml"))
            .filter(step -> step.at("run").exists())
            .map(step -> step.at("run").text())
            .toList();
    assertThat(commands)
        .containsExactlyInAnyOrder(
            "./mvnw --batch-mode verify", "./mvnw --batch-mode -Parchitecture");
    assertThat(DeployFiles.read(DeployFiles.REPOSITORY.resolve("pom.xml")))
        .contains("<id>architecture</id>");
  }

  @Test
  void an_image_is_pushed_after_the_tests_and_signed_before_it_can_be_deployed() {
    Node image = DeployFiles.yaml(GITHUB.resolve("workflows/image.yml")).getFirst();
    assertThat(image.at("jobs", "image", "needs").text()).isEqualTo("test");
    assertThat(image.at("jobs", "test", "uses").text()).isEqualTo("./.github/workflows/test.yml");
    String build = DeployFiles.read(GITHUB.resolve("workflows/image.yml"));
    assertThat(build)
        .containsSubsequence("build-push-action@", "sbom: true", "provenance: ", "cosign sign ");
    assertThat(DeployFiles.read(GITHUB.resolve("workflows/deploy.yml")))
        .containsSubsequence("cosign verify ", "kustomize edit set image", "rollout.sh production");
  }

  @Test
  void dependencies_of_every_kind_are_kept_up_to_date() {
    Node updates = DeployFiles.yaml(GITHUB.resolve("dependabot.yml")).getFirst().at("updates");
    assertThat(updates.items())
        .extracting(update -> update.at("package-ecosystem").text())
        .containsExactlyInAnyOrder("maven", "github-actions", "docker", "docker-compose");
    for (Node update : updates.items()) {
      Stream<String> directories =
          update.at("directory").exists()
              ? Stream.of(update.at("directory").text())
              : update.at("directories").texts().stream();
      assertThat(directories)
          .allMatch(name -> Files.isDirectory(DeployFiles.REPOSITORY.resolve(name.substring(1))));
    }
  }

  private static Stream<Node> steps(Path file) {
    return DeployFiles.yaml(file).getFirst().at("jobs").fields().values().stream()
        .flatMap(job -> job.at("steps").items().stream());
  }
}
