package io.simplebank.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What kustomize makes of the overlays, where there is one to ask. */
class KustomizeTest {
  private static final List<List<String>> BUILDERS =
      List.of(List.of("kubectl", "kustomize"), List.of("kustomize", "build"));

  private static final String NO_BUILDER =
      "neither kubectl nor kustomize is installed here, so what they build is not checked";

  private static final Logger LOG = LoggerFactory.getLogger(KustomizeTest.class);

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void an_overlay_builds_into_objects_that_fit_together(String overlay) throws Exception {
    List<String> builder =
        BUILDERS.stream()
            .filter(command -> isInstalled(command.getFirst()))
            .findFirst()
            .orElse(List.of());
    if (builder.isEmpty()) {
      LOG.warn("{}: {}", overlay, NO_BUILDER);
    }
    assumeTrue(!builder.isEmpty(), NO_BUILDER);

    Path kubernetes = copy(DeployFiles.DEPLOY).resolve("kubernetes");
    if (overlay.equals("local")) {
      assertThat(run("bash", kubernetes.resolve("overlays/local/make-secrets.sh").toString()))
          .isEmpty();
    }
    String built =
        run(
            Stream.concat(
                    builder.stream(),
                    Stream.of(kubernetes.resolve("overlays").resolve(overlay).toString()))
                .toArray(String[]::new));
    List<Manifest> objects = DeployFiles.yaml(overlay, built).stream().map(Manifest::new).toList();

    assertThat(objects).hasSizeGreaterThan(10).allSatisfy(Manifest::requireValid);
    assertThat(objects)
        .filteredOn(object -> !object.kind().equals("Namespace"))
        .extracting(object -> object.node().at("metadata", "namespace").text())
        .containsOnly(
            objects.stream()
                .filter(object -> object.kind().equals("Namespace"))
                .findFirst()
                .orElseThrow()
                .name());
    Set<String> there =
        objects.stream()
            .map(object -> object.kind() + " " + object.name())
            .collect(Collectors.toSet());
    for (Manifest object : objects) {
      if (object.pod().isEmpty()) {
        continue;
      }
      Node pod = object.pod().orElseThrow().at("spec");
      Node container = pod.at("containers", 0);
      assertThat(container.at("image").text()).contains(":").doesNotEndWith(":latest");
      for (Node source : container.at("envFrom").items()) {
        assertThat(there).contains("ConfigMap " + source.at("configMapRef", "name").text());
      }
      // A mount without its volume is refused by the API server, and a merge may have lost either.
      Set<String> volumes =
          Stream.of(pod.at("volumes"), object.node().at("spec", "volumeClaimTemplates"))
              .flatMap(list -> list.items().stream())
              .map(
                  volume ->
                      volume.at("name").exists()
                          ? volume.at("name").text()
                          : volume.at("metadata", "name").text())
              .collect(Collectors.toSet());
      assertThat(container.at("volumeMounts").items())
          .extracting(mount -> mount.at("name").text())
          .containsExactlyInAnyOrderElementsOf(volumes)
          .contains("tmp");
      assertThat(pod.at("topologySpreadConstraints").items())
          .extracting(constraint -> constraint.at("topologyKey").text())
          .doesNotHaveDuplicates();
    }
  }

  private Path copy(Path source) throws IOException {
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(path -> !path.toString().endsWith(".secret.env")).toList()) {
        Path target = directory.resolve(source.relativize(file).toString());
        if (!target.equals(directory)) {
          Files.copy(file, target);
        }
      }
    }
    return directory;
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static boolean isInstalled(String tool) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(entry -> Files.isExecutable(Path.of(entry, tool)));
  }
}
