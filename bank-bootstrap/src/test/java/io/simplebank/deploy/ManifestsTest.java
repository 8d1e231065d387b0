package io.simplebank.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file below deploy/kubernetes says something that Kubernetes understands. */
class ManifestsTest {
  private static final Path KUBERNETES = DeployFiles.DEPLOY.resolve("kubernetes");

  static List<Path> files() {
    return DeployFiles.yamlFilesBelow(KUBERNETES).stream()
        .filter(file -> !file.endsWith("kustomization.yaml"))
        .toList();
  }

  static List<Path> kustomizations() {
    return DeployFiles.yamlFilesBelow(KUBERNETES).stream()
        .filter(file -> file.endsWith("kustomization.yaml"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("files")
  void has_no_field_that_its_kind_does_not_know(Path file) {
    List<Manifest> manifests = Manifest.in(file);
    assertThat(manifests).isNotEmpty().allSatisfy(Manifest::requireValid);
  }

  @ParameterizedTest
  @CsvSource({
    "base/deployment.yaml, readinessProbe:, readynessProbe:",
    "base/deployment.yaml, maxUnavailable:, maxUnavailble:",
    "base/deployment.yaml, seccompProfile:, secCompProfile:",
    "base/deployment.yaml, periodSeconds: 10, periodSeconds: ten",
    "base/service.yaml, targetPort:, targetport:",
    "base/horizontal-pod-autoscaler.yaml, averageUtilization:, averageUtilisation:",
    "base/network-policy.yaml, podSelector:, podSelectors:",
    "base/migration.yaml, backoffLimit:, backOffLimit:",
    "overlays/production/certificate.yaml, dnsNames:, dnsName:",
    "overlays/production/certificate.yaml, privateKeySecretRef:, privateKeySecret:",
    "overlays/production/ingress.yaml, pathType:, pathtype:",
    "overlays/production/monitoring.yaml, interval:, intervall:",
    "overlays/production/server-patch.yaml, volumeMounts:, volumeMount:",
  })
  void a_misspelt_field_is_caught(String file, String right, String wrong) {
    String text = DeployFiles.read(KUBERNETES.resolve(file));
    assertThat(text).contains(right);
    List<Node> documents = DeployFiles.yaml(file, text.replace(right, wrong));
    assertThatThrownBy(() -> documents.forEach(node -> new Manifest(node).requireValid()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(file);
  }

  @Test
  void a_kind_without_a_model_has_to_be_named() {
    Node unknown = DeployFiles.yaml("x", "{apiVersion: v1, kind: Potato}").getFirst();
    assertThatThrownBy(() -> new Manifest(unknown).requireValid())
        .hasMessageContaining("no model for v1 Potato");
    assertThat(Manifest.below(KUBERNETES))
        .extracting(Manifest::type)
        .containsAll(Manifest.WITHOUT_MODEL);
  }

  @ParameterizedTest
  @MethodSource("kustomizations")
  void a_kustomization_names_every_file_beside_it_and_none_that_is_not_there(Path file)
      throws Exception {
    Node kustomization = DeployFiles.yaml(file).getFirst();
    assertThat(kustomization.keys())
        .isSubsetOf(
            Set.of(
                "apiVersion",
                "kind",
                "namespace",
                "resources",
                "patches",
                "configMapGenerator",
                "secretGenerator",
                "images"));
    Path directory = file.resolveSibling(".").normalize();
    List<String> named =
        Stream.of(
                kustomization.at("resources").texts().stream(),
                kustomization.at("patches").items().stream().map(patch -> patch.at("path").text()),
                kustomization.at("configMapGenerator").items().stream()
                    .flatMap(generator -> generator.at("envs").texts().stream()))
            .flatMap(names -> names)
            .toList();
    assertThat(named)
        .doesNotHaveDuplicates()
        .allSatisfy(name -> assertThat(directory.resolve(name)).exists());
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(named)
          .containsAll(
              files
                  .map(sibling -> sibling.getFileName().toString())
                  .filter(name -> name.matches(".*\\.(yaml|env)"))
                  .filter(name -> !name.equals("kustomization.yaml"))
                  .filter(name -> !name.endsWith(".secret.env"))
                  .toList());
    }
  }
}
