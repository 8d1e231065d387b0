package io.simplebank.deploy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.certmanager.api.model.v1.Certificate;
import io.fabric8.certmanager.api.model.v1.Issuer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An object for Kubernetes, or a part of one that is to be merged into another. */
record Manifest(Node node) {

  /** What is checked to the last field. */
  static final Map<String, Class<?>> MODELS =
      Map.ofEntries(
          Map.entry("v1 ConfigMap", ConfigMap.class),
          Map.entry("v1 Namespace", Namespace.class),
          Map.entry("v1 Secret", Secret.class),
          Map.entry("v1 Service", Service.class),
          Map.entry("v1 ServiceAccount", ServiceAccount.class),
          Map.entry("apps/v1 Deployment", Deployment.class),
          Map.entry("apps/v1 StatefulSet", StatefulSet.class),
          Map.entry("autoscaling/v2 HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
          Map.entry("batch/v1 Job", Job.class),
          Map.entry("networking.k8s.io/v1 Ingress", Ingress.class),
          Map.entry("networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class),
          Map.entry("policy/v1 PodDisruptionBudget", PodDisruptionBudget.class),
          Map.entry("cert-manager.io/v1 Certificate", Certificate.class),
          Map.entry("cert-manager.io/v1 Issuer", Issuer.class),
          Map.entry("monitoring.coreos.com/v1 PodMonitor", PodMonitor.class),
          Map.entry("monitoring.coreos.com/v1 PrometheusRule", PrometheusRule.class),
          Map.entry("monitoring.coreos.com/v1 ServiceMonitor", ServiceMonitor.class));

  /** Of these nobody publishes a Java model; only what they say to each other is checked. */
  static final Set<String> WITHOUT_MODEL =
      Set.of(
          "barmancloud.cnpg.io/v1 ObjectStore",
          "external-secrets.io/v1 ExternalSecret",
          "external-secrets.io/v1 SecretStore",
          "postgresql.cnpg.io/v1 Cluster",
          "postgresql.cnpg.io/v1 ScheduledBackup");

  /** Takes no field that the model does not have, although the models themselves would. */
  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .annotationIntrospector(
              new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1L;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                  return false;
                }
              })
          .build();

  static List<Manifest> in(Path file) {
    return DeployFiles.yaml(file).stream().map(Manifest::new).toList();
  }

  /** All in a directory and below it, other than the kustomizations themselves. */
  static List<Manifest> below(Path directory) {
    return DeployFiles.yamlFilesBelow(directory).stream()
        .filter(file -> !file.endsWith("kustomization.yaml"))
        .flatMap(file -> in(file).stream())
        .toList();
  }

  String kind() {
    return node.at("kind").text();
  }

  String type() {
    return node.at("apiVersion").text() + " " + kind();
  }

  String name() {
    return node.at("metadata", "name").text();
  }

  /** Throws an AssertionError that names the field when one is misspelt or of another type. */
  void requireValid() {
    Class<?> model = MODELS.get(type());
    if (model == null) {
      if (!WITHOUT_MODEL.contains(type())) {
        throw new AssertionError(node.path() + ": no model for " + type());
      }
      return;
    }
    try {
      STRICT.readValue(STRICT.writeValueAsBytes(node.value()), model);
    } catch (IOException e) {
      throw new AssertionError(node.path() + ", " + type() + ": " + e.getMessage(), e);
    }
  }

  /** What its pods are made from, for a kind that makes pods. */
  Optional<Node> pod() {
    Node template = node.at("spec", "template");
    return MODELS.containsKey(type()) && template.exists()
        ? Optional.of(template)
        : Optional.empty();
  }
}
