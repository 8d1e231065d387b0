package io.simplebank.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the manifests say to each other, to the image and to the bank agrees. */
class KubernetesTest {
  private static final Path KUBERNETES = DeployFiles.DEPLOY.resolve("kubernetes");
  private static final Path BASE = KUBERNETES.resolve("base");
  private static final Path LOCAL = KUBERNETES.resolve("overlays/local");
  private static final Path PRODUCTION = KUBERNETES.resolve("overlays/production");

  private static final Node DEPLOYMENT = only(BASE, "Deployment");
  private static final Node POD = DEPLOYMENT.at("spec", "template", "spec");
  private static final Node BANK = POD.at("containers", 0);
  private static final Map<String, String> POD_LABELS =
      labels(DEPLOYMENT.at("spec", "template", "metadata", "labels"));
  private static final Node MIGRATION = only(BASE, "Job");
  private static final Node CLUSTER = only(PRODUCTION, "Cluster");

  @Test
  void every_selector_of_the_base_selects_the_bank() {
    List<Node> selectors =
        List.of(
            DEPLOYMENT.at("spec", "selector", "matchLabels"),
            only(BASE, "Service").at("spec", "selector"),
            only(BASE, "PodDisruptionBudget").at("spec", "selector", "matchLabels"),
            named(BASE, "NetworkPolicy", "bank").at("spec", "podSelector", "matchLabels"),
            POD.at("topologySpreadConstraints", 0, "labelSelector", "matchLabels"),
            only(PRODUCTION, "Deployment")
                .at(
                    "spec",
                    "template",
                    "spec",
                    "topologySpreadConstraints",
                    0,
                    "labelSelector",
                    "matchLabels"));
    assertThat(selectors).allSatisfy(selector -> assertSelects(selector, POD_LABELS));
    assertSelects(
        named(BASE, "NetworkPolicy", "bank-migrate").at("spec", "podSelector", "matchLabels"),
        labels(MIGRATION.at("spec", "template", "metadata", "labels")));
    Node scaled = only(BASE, "HorizontalPodAutoscaler").at("spec", "scaleTargetRef");
    assertThat(scaled.at("kind").text()).isEqualTo("Deployment");
    assertThat(scaled.at("name").text()).isEqualTo(DEPLOYMENT.at("metadata", "name").text());
  }

  @Test
  void the_migration_is_no_server_to_any_selector() {
    assertThat(labels(MIGRATION.at("spec", "template", "metadata", "labels")))
        .doesNotContainEntry(
            "app.kubernetes.io/component", POD_LABELS.get("app.kubernetes.io/component"));
  }

  @Test
  void ports_agree_with_the_bank_and_the_image() {
    Node port = BANK.at("ports", 0);
    assertThat(port.at("containerPort").text())
        .isEqualTo(ConfigurationKeys.defaultOf("bank.port"))
        .isEqualTo(Dockerfile.read().image().all("EXPOSE").getFirst());
    String name = port.at("name").text();
    assertThat(only(BASE, "Service").at("spec", "ports", 0, "targetPort").text()).isEqualTo(name);
    assertThat(
            named(BASE, "NetworkPolicy", "bank")
                .at("spec", "ingress", 0, "ports", 0, "port")
                .text())
        .isEqualTo(name);
    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      assertThat(BANK.at(probe, "httpGet", "port").text()).isEqualTo(name);
    }
  }

  @Test
  void probes_tell_a_bank_that_is_broken_from_a_database_that_is_away() {
    assertThat(BANK.at("startupProbe", "httpGet", "path").text()).isEqualTo("/health/liveness");
    assertThat(BANK.at("livenessProbe", "httpGet", "path").text()).isEqualTo("/health/liveness");
    assertThat(BANK.at("readinessProbe", "httpGet", "path").text()).isEqualTo("/health/readiness");
  }

  @Test
  void a_rollout_takes_no_replica_away_before_another_is_ready() {
    Node strategy = DEPLOYMENT.at("spec", "strategy");
    assertThat(strategy.at("type").text()).isEqualTo("RollingUpdate");
    assertThat(strategy.at("rollingUpdate", "maxUnavailable").number()).isZero();
    assertThat(strategy.at("rollingUpdate", "maxSurge").number()).isPositive();
    assertThat(autoscaler(BASE).at("spec", "minReplicas").number()).isGreaterThanOrEqualTo(2);
    assertThat(autoscaler(PRODUCTION).at("spec", "minReplicas").number()).isGreaterThanOrEqualTo(2);
    assertThat(DEPLOYMENT.at("spec", "replicas").exists())
        .as("a number would undo what the autoscaler has chosen")
        .isFalse();
  }

  @Test
  void a_replica_has_time_to_finish_what_it_has_begun() {
    int pause = BANK.at("lifecycle", "preStop", "sleep", "seconds").number();
    Duration drain =
        Duration.parse("PT" + settings(BASE.resolve("bank.env")).get("BANK_SHUTDOWN_GRACE"));
    assertThat(pause).isGreaterThanOrEqualTo(5);
    assertThat(POD.at("terminationGracePeriodSeconds").number())
        .isGreaterThanOrEqualTo(pause + Math.toIntExact(drain.toSeconds()) + 5);
  }

  @Test
  void every_pod_is_restricted_in_what_it_may_do() {
    List<Manifest> pods =
        Stream.of(BASE, LOCAL)
            .flatMap(directory -> Manifest.below(directory).stream())
            .filter(manifest -> manifest.pod().isPresent())
            .toList();
    assertThat(pods).extracting(Manifest::kind).contains("Deployment", "Job", "StatefulSet");
    for (Manifest manifest : pods) {
      Node pod = manifest.pod().orElseThrow().at("spec");
      Node context = pod.at("securityContext");
      assertThat(context.at("runAsNonRoot").text()).isEqualTo("true");
      assertThat(context.at("runAsUser").number()).isPositive();
      assertThat(context.at("seccompProfile", "type").text()).isEqualTo("RuntimeDefault");
      assertThat(pod.at("automountServiceAccountToken").text()).isEqualTo("false");
      assertThat(pod.at("enableServiceLinks").text())
          .as("the Service bank would set BANK_PORT")
          .isEqualTo("false");
      for (Node container : pod.at("containers").items()) {
        Node limits = container.at("securityContext");
        assertThat(limits.at("allowPrivilegeEscalation").text()).isEqualTo("false");
        assertThat(limits.at("readOnlyRootFilesystem").text()).isEqualTo("true");
        assertThat(limits.at("capabilities", "drop").texts()).containsExactly("ALL");
        assertThat(limits.at("privileged").exists()).isFalse();
        assertThat(container.at("resources", "requests").keys()).contains("cpu", "memory");
        assertThat(container.at("resources", "limits").keys()).contains("memory");
      }
    }
    assertThat(
            Manifest.below(KUBERNETES).stream()
                .filter(manifest -> manifest.kind().equals("ServiceAccount")))
        .isNotEmpty()
        .allSatisfy(
            account ->
                assertThat(account.node().at("automountServiceAccountToken").text())
                    .isEqualTo("false"));
  }

  @Test
  void the_bank_runs_as_the_user_of_the_image() {
    String user = Dockerfile.read().image().all("USER").getFirst();
    for (Node pod : List.of(POD, MIGRATION.at("spec", "template", "spec"))) {
      Node context = pod.at("securityContext");
      assertThat(context.at("runAsUser").text() + ":" + context.at("runAsGroup").text())
          .isEqualTo(user);
    }
  }

  @Test
  void every_setting_is_one_that_the_bank_knows() {
    Set<String> settings =
        Stream.of(
                names(BANK.at("env")),
                names(MIGRATION.at("spec", "template", "spec", "containers", 0, "env")),
                names(
                    only(PRODUCTION, "Deployment")
                        .at("spec", "template", "spec", "containers", 0, "env")),
                settings(BASE.resolve("bank.env")).keySet().stream(),
                settings(PRODUCTION.resolve("bank.env")).keySet().stream())
            .flatMap(keys -> keys)
            .collect(Collectors.toSet());
    assertThat(settings)
        .contains("BANK_DATABASE_URL", "BANK_DATABASE_USER", "BANK_DATABASE_PASSWORD")
        .contains("BANK_JWT_SECRET")
        .isSubsetOf(ConfigurationKeys.documented())
        .isSubsetOf(ConfigurationKeys.read());
  }

  @Test
  void no_setting_in_the_open_is_a_secret() {
    for (Path directory : List.of(BASE, PRODUCTION)) {
      assertThat(settings(directory.resolve("bank.env")).keySet())
          .noneMatch(key -> key.matches(".*(SECRET|PASSWORD|KEY).*"));
    }
    assertThat(names(BANK.at("env")).filter(key -> key.matches(".*(SECRET|PASSWORD).*")))
        .isNotEmpty();
    assertThat(BANK.at("env").items()).allMatch(variable -> !variable.at("value").exists());
  }

  @Test
  void the_migration_gets_no_secret_but_the_databases() {
    Node container = MIGRATION.at("spec", "template", "spec", "containers", 0);
    assertThat(container.at("args").texts()).containsExactly("--migrate-only");
    assertThat(container.at("image").text()).isEqualTo(BANK.at("image").text());
    assertThat(names(container.at("env")))
        .containsExactlyInAnyOrder("BANK_DATABASE_USER", "BANK_DATABASE_PASSWORD");
  }

  @Test
  void the_local_overlay_makes_every_secret_that_is_asked_for() {
    Node kustomization = DeployFiles.yaml(LOCAL.resolve("kustomization.yaml")).getFirst();
    String script = DeployFiles.read(LOCAL.resolve("make-secrets.sh"));
    for (Node generator : kustomization.at("secretGenerator").items()) {
      String file = generator.at("envs", 0).text();
      String made = script.split("> " + Pattern.quote(file) + " << END\n", 2)[1];
      assertThat(made.split("\nEND\n", 2)[0].lines().map(line -> line.split("=", 2)[0]))
          .containsExactlyInAnyOrderElementsOf(secretKeys(generator.at("name").text()));
    }
    assertThat(kustomization.at("secretGenerator").items())
        .extracting(generator -> generator.at("name").text())
        .containsExactlyInAnyOrderElementsOf(secretNames());
  }

  @Test
  void production_provides_every_secret_that_is_asked_for() {
    Node external = only(PRODUCTION, "ExternalSecret");
    String target = external.at("spec", "target", "name").text();
    assertThat(external.at("spec", "data").items())
        .extracting(data -> data.at("secretKey").text())
        .containsExactlyInAnyOrderElementsOf(
            secretKeys(target, Stream.of(DEPLOYMENT, MIGRATION, only(PRODUCTION, "Deployment"))));
    assertThat(external.at("spec", "secretStoreRef", "name").text())
        .isEqualTo(only(PRODUCTION, "SecretStore").at("metadata", "name").text());
    Node account =
        only(PRODUCTION, "SecretStore")
            .at("spec", "provider", "aws", "auth", "jwt", "serviceAccountRef", "name");
    assertThat(account.text())
        .isEqualTo(only(PRODUCTION, "ServiceAccount").at("metadata", "name").text());

    // CloudNativePG keeps the owner's credentials in NAME-app and its CA in NAME-ca.
    String cluster = CLUSTER.at("metadata", "name").text();
    assertThat(secretNames()).containsExactlyInAnyOrder(target, cluster + "-app");
    assertThat(secretKeys(cluster + "-app")).containsExactlyInAnyOrder("username", "password");
    for (String patch : List.of("server-patch.yaml", "migration-patch.yaml")) {
      Node pod =
          DeployFiles.yaml(PRODUCTION.resolve(patch)).getFirst().at("spec", "template", "spec");
      Node secret = pod.at("volumes", 0, "secret");
      assertThat(secret.at("secretName").text()).isEqualTo(cluster + "-ca");
      assertThat(settings(PRODUCTION.resolve("bank.env")).get("BANK_DATABASE_URL"))
          .contains("sslmode=verify-full")
          .endsWith(
              "sslrootcert="
                  + pod.at("containers", 0, "volumeMounts", 0, "mountPath").text()
                  + "/"
                  + secret.at("items", 0, "path").text());
    }
  }

  @Test
  void the_bank_asks_for_the_database_that_is_there() {
    String cluster = CLUSTER.at("metadata", "name").text();
    String database = CLUSTER.at("spec", "bootstrap", "initdb", "database").text();
    String url = "jdbc:postgresql://" + cluster + "-rw:5432/" + database;
    assertThat(settings(BASE.resolve("bank.env"))).containsEntry("BANK_DATABASE_URL", url);
    assertThat(settings(PRODUCTION.resolve("bank.env")).get("BANK_DATABASE_URL"))
        .startsWith(url + "?");
    assertThat(only(LOCAL, "Service").at("metadata", "name").text()).isEqualTo(cluster + "-rw");
    Node local = only(LOCAL, "StatefulSet").at("spec", "template");
    assertSelects(
        only(LOCAL, "Service").at("spec", "selector"), labels(local.at("metadata", "labels")));
    assertThat(environment(local.at("spec", "containers", 0)))
        .containsEntry("POSTGRES_DB", database);
  }

  @Test
  void the_bank_may_talk_to_the_database_and_the_database_listens() {
    Node allowed =
        named(BASE, "NetworkPolicy", "bank")
            .at("spec", "egress", 1, "to", 0, "podSelector", "matchLabels");
    assertSelects(
        allowed, labels(only(LOCAL, "StatefulSet").at("spec", "template", "metadata", "labels")));
    assertSelects(allowed, labels(CLUSTER.at("spec", "inheritedMetadata", "labels")));
    Node policy = only(PRODUCTION, "NetworkPolicy").at("spec");
    assertSelects(
        policy.at("podSelector", "matchLabels"),
        labels(CLUSTER.at("spec", "inheritedMetadata", "labels")));
    assertSelects(policy.at("ingress", 0, "from", 0, "podSelector", "matchLabels"), POD_LABELS);
    assertSelects(
        policy.at("ingress", 0, "from", 0, "podSelector", "matchLabels"),
        labels(MIGRATION.at("spec", "template", "metadata", "labels")));
  }

  @Test
  void the_database_has_room_for_the_connections_of_every_replica() {
    int pool = Integer.parseInt(settings(BASE.resolve("bank.env")).get("BANK_DATABASE_POOL_SIZE"));
    int replicas =
        autoscaler(BASE).at("spec", "maxReplicas").number()
            + DEPLOYMENT.at("spec", "strategy", "rollingUpdate", "maxSurge").number();
    int migration = pool;
    int others = 20; // replication, backups, metrics, and whoever has to look into it
    assertThat(replicas * pool + migration + others)
        .isLessThanOrEqualTo(
            CLUSTER.at("spec", "postgresql", "parameters", "max_connections").number());
  }

  @Test
  void an_acknowledged_transfer_survives_the_loss_of_any_one_database() {
    assertThat(CLUSTER.at("spec", "instances").number()).isGreaterThanOrEqualTo(3);
    Node synchronous = CLUSTER.at("spec", "postgresql", "synchronous");
    assertThat(synchronous.at("number").number()).isPositive();
    assertThat(synchronous.at("dataDurability").text()).isEqualTo("required");
    assertThat(CLUSTER.at("spec", "postgresql", "parameters", "synchronous_commit").text())
        .isEqualTo("on");
    assertThat(CLUSTER.at("spec", "affinity", "podAntiAffinityType").text()).isEqualTo("required");
  }

  @Test
  void backups_are_made_of_the_database_into_the_store_that_is_there() {
    Node backup = only(PRODUCTION, "ScheduledBackup").at("spec");
    Node plugin = CLUSTER.at("spec", "plugins", 0);
    assertThat(backup.at("cluster", "name").text())
        .isEqualTo(CLUSTER.at("metadata", "name").text());
    assertThat(backup.at("pluginConfiguration", "name").text()).isEqualTo(plugin.at("name").text());
    assertThat(backup.at("schedule").text().split(" ", -1)).as("seconds first").hasSize(6);
    assertThat(plugin.at("isWALArchiver").text()).isEqualTo("true");
    assertThat(plugin.at("parameters", "barmanObjectName").text())
        .isEqualTo(only(PRODUCTION, "ObjectStore").at("metadata", "name").text());
  }

  @Test
  void the_way_in_is_by_tls_and_leads_to_the_bank() {
    Node ingress = only(PRODUCTION, "Ingress").at("spec");
    Node certificate = only(PRODUCTION, "Certificate").at("spec");
    Node rule = ingress.at("rules", 0);
    assertThat(ingress.at("tls", 0, "hosts").texts())
        .containsExactly(rule.at("host").text())
        .isEqualTo(certificate.at("dnsNames").texts());
    assertThat(ingress.at("tls", 0, "secretName").text())
        .isEqualTo(certificate.at("secretName").text());
    Node issuer = only(PRODUCTION, "Issuer");
    assertThat(certificate.at("issuerRef", "name").text())
        .isEqualTo(issuer.at("metadata", "name").text());
    String controller = ingress.at("ingressClassName").text();
    assertThat(
            issuer.at("spec", "acme", "solvers", 0, "http01", "ingress", "ingressClassName").text())
        .isEqualTo(controller);
    assertThat(
            named(BASE, "NetworkPolicy", "bank")
                .at("spec", "ingress", 0, "from", 0, "namespaceSelector", "matchLabels")
                .fields()
                .values())
        .extracting(Node::text)
        .containsExactly(controller);
    Map<String, String> ways = new TreeMap<>();
    for (Node path : rule.at("http", "paths").items()) {
      Node service = path.at("backend", "service");
      ways.put(path.at("path").text(), service.at("name").text());
      Node target =
          service.at("name").text().equals("nowhere")
              ? only(PRODUCTION, "Service")
              : only(BASE, "Service");
      assertThat(target.at("metadata", "name").text()).isEqualTo(service.at("name").text());
      assertThat(target.at("spec", "ports", 0, "name").text())
          .isEqualTo(service.at("port", "name").text());
    }
    assertThat(ways).isEqualTo(Map.of("/", "bank", "/prometheus", "nowhere", "/health", "nowhere"));
    assertThat(only(PRODUCTION, "Service").at("spec", "selector").exists()).isFalse();
  }

  @Test
  void prometheus_finds_the_bank() {
    Node monitor = only(PRODUCTION, "ServiceMonitor").at("spec");
    Node service = only(BASE, "Service");
    assertSelects(monitor.at("selector", "matchLabels"), labels(service.at("metadata", "labels")));
    assertThat(monitor.at("endpoints", 0, "port").text())
        .isEqualTo(service.at("spec", "ports", 0, "name").text());
    assertThat(monitor.at("endpoints", 0, "path").text()).isEqualTo("/prometheus");
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void each_overlay_says_which_image_the_bank_is(String overlay) {
    Node kustomization =
        DeployFiles.yaml(KUBERNETES.resolve("overlays").resolve(overlay + "/kustomization.yaml"))
            .getFirst();
    Node image = kustomization.at("images", 0);
    assertThat(image.at("name").text()).isEqualTo(BANK.at("image").text());
    assertThat(image.at("newTag").text()).isNotEqualTo("latest");
    Node namespace = only(KUBERNETES.resolve("overlays").resolve(overlay), "Namespace");
    assertThat(kustomization.at("namespace").text())
        .isEqualTo(namespace.at("metadata", "name").text());
    assertThat(namespace.at("metadata", "labels", "pod-security.kubernetes.io/enforce").text())
        .isEqualTo("restricted");
  }

  @Test
  void no_image_of_others_is_a_moving_one() {
    assertThat(
            Stream.of(
                only(LOCAL, "StatefulSet")
                    .at("spec", "template", "spec", "containers", 0, "image")
                    .text(),
                CLUSTER.at("spec", "imageName").text()))
        .allMatch(image -> image.matches("[\\w./-]+:18\\.\\d+[\\w.-]*"));
  }

  private static Node autoscaler(Path directory) {
    return only(directory, "HorizontalPodAutoscaler");
  }

  private static Node only(Path directory, String kind) {
    List<Manifest> found =
        Manifest.below(directory).stream()
            .filter(manifest -> manifest.kind().equals(kind))
            .toList();
    assertThat(found).as(kind + " in " + directory).hasSize(1);
    return found.getFirst().node();
  }

  private static Node named(Path directory, String kind, String name) {
    return Manifest.below(directory).stream()
        .filter(manifest -> manifest.kind().equals(kind) && manifest.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind + " " + name))
        .node();
  }

  private static Map<String, String> labels(Node node) {
    return node.fields().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().text()));
  }

  private static void assertSelects(Node selector, Map<String, String> labels) {
    assertThat(labels(selector)).as(selector.path()).isNotEmpty();
    assertThat(labels).as(selector.path()).containsAllEntriesOf(labels(selector));
  }

  private static Stream<String> names(Node variables) {
    return variables.items().stream().map(variable -> variable.at("name").text());
  }

  private static Map<String, String> environment(Node container) {
    return container.at("env").items().stream()
        .filter(variable -> variable.at("value").exists())
        .collect(
            Collectors.toMap(
                variable -> variable.at("name").text(), variable -> variable.at("value").text()));
  }

  /** The lines of an env file. */
  private static Map<String, String> settings(Path file) {
    Pattern line = Pattern.compile("(\\w+)=(.*)");
    return DeployFiles.read(file)
        .lines()
        .filter(text -> !text.startsWith("#"))
        .map(line::matcher)
        .filter(Matcher::matches)
        .collect(Collectors.toMap(match -> match.group(1), match -> match.group(2)));
  }

  /** The Secrets that the pods of the bank and its migration ask for. */
  private static Set<String> secretNames() {
    return secretReferences(Stream.of(DEPLOYMENT, MIGRATION))
        .map(reference -> reference.at("name").text())
        .collect(Collectors.toSet());
  }

  private static Set<String> secretKeys(String secret) {
    return secretKeys(secret, Stream.of(DEPLOYMENT, MIGRATION));
  }

  private static Set<String> secretKeys(String secret, Stream<Node> askers) {
    return secretReferences(askers)
        .filter(reference -> reference.at("name").text().equals(secret))
        .map(reference -> reference.at("key").text())
        .collect(Collectors.toSet());
  }

  private static Stream<Node> secretReferences(Stream<Node> askers) {
    return askers.flatMap(Node::tree).filter(node -> node.path().endsWith(".secretKeyRef"));
  }
}
