package io.simplebank.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order of a rollout, told by a kubectl that writes down what it is asked to do. */
class RolloutTest {
  private static final Path BASH = Path.of("/bin/bash");

  @TempDir private Path directory;

  @BeforeEach
  void put_a_kubectl_in_the_way() throws IOException {
    assumeTrue(Files.isExecutable(BASH), "rollout.sh needs bash, which is not installed here");
    Path kubectl = directory.resolve("kubectl");
    Files.writeString(
        kubectl,
        """
        #!/bin/bash
        echo "$*" >> "$LOG"
        case "$*" in
          kustomize*) printf 'metadata:\\n  namespace: simple-bank\\n' ;;
          *'get job'*) echo "$MIGRATION" ;;
          *'rollout status'*) [ "$(grep -c 'rollout undo' "$LOG")" = "$UNDONE" ] ;;
        esac
        """);
    assertThat(kubectl.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void migrates_before_it_touches_the_server() throws Exception {
    assertThat(rollout("Complete", 0)).isZero();

    assertThat(asked())
        .containsSubsequence(
            "selector app.kubernetes.io/component notin (server, migration)",
            "delete job bank-migrate",
            "selector app.kubernetes.io/component=migration",
            "get job bank-migrate",
            "selector app.kubernetes.io/component=server",
            "rollout status deployment/bank");
    assertThat(asked()).doesNotContain("rollout undo");
  }

  /** Else whoever takes a version back owns what they changed, and the next is refused. */
  @Test
  void goes_on_after_a_version_was_taken_back() throws Exception {
    assertThat(rollout("Complete", 0)).isZero();

    assertThat(asked().lines().filter(line -> line.startsWith("apply")))
        .hasSize(3)
        .allMatch(line -> line.contains("--server-side --force-conflicts"));
  }

  @Test
  void leaves_the_server_alone_when_the_migration_has_failed() throws Exception {
    assertThat(rollout("FailureTarget Failed", 0)).isEqualTo(1);

    assertThat(asked())
        .contains("logs --tail 50 job/bank-migrate")
        .doesNotContain("component=server", "rollout");
  }

  @Test
  void takes_a_version_back_that_does_not_become_ready() throws Exception {
    assertThat(rollout("Complete", 1)).isEqualTo(1);

    assertThat(asked())
        .containsSubsequence(
            "rollout status deployment/bank",
            "rollout undo deployment/bank",
            "rollout status deployment/bank");
  }

  @Test
  void asks_for_the_overlay() throws Exception {
    assertThat(run(List.of(), "Complete", 0)).isNotZero();
    assertThat(run(List.of("nowhere"), "Complete", 0)).isNotZero();
    assertThat(directory.resolve("log")).doesNotExist();
  }

  private int rollout(String migration, int undone) throws Exception {
    return run(List.of("production"), migration, undone);
  }

  /**
   * @param undone how often a rollout must have been taken back for the replicas to be ready
   */
  private int run(List<String> arguments, String migration, int undone) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            BASH.toString(), DeployFiles.DEPLOY.resolve("kubernetes/rollout.sh").toString());
    builder.command().addAll(arguments);
    builder.environment().merge("PATH", directory.toString(), (path, ours) -> ours + ":" + path);
    builder.environment().put("LOG", directory.resolve("log").toString());
    builder.environment().put("MIGRATION", migration);
    builder.environment().put("UNDONE", Integer.toString(undone));
    Process process =
        builder
            .redirectErrorStream(true)
            .redirectOutput(new File(directory.toFile(), "out"))
            .start();
    return process.waitFor();
  }

  private String asked() throws IOException {
    return Files.readString(directory.resolve("log"), StandardCharsets.UTF_8);
  }
}
