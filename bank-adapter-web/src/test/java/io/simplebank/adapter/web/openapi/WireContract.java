package io.simplebank.adapter.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The document of the API as a test reads it, and holds it against what the bank answers. Whoever
 * reads the document may expect no more fields than it shows, so an answer with others is wrong.
 */
public final class WireContract {
  private static final String JSON = "application/json";
  private static final String PROBLEM_JSON = "application/problem+json";

  /** What is answered where there is no route, of which the document says nothing. */
  private static final Set<String> NOWHERE =
      Set.of("unauthenticated", "not_found", "method_not_allowed", "not_acceptable");

  private static final WireContract OF_THE_BANK = new WireContract(document());

  private final JsonNode document;
  private final Map<String, Operation> operations = new LinkedHashMap<>();
  private final Map<JsonNode, Schema> compiled = new ConcurrentHashMap<>();
  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          builder ->
              builder.schemaRegistryConfig(
                  SchemaRegistryConfig.builder()
                      .formatAssertionsEnabled(true)
                      .locale(Locale.ROOT)
                      .build()));

  private WireContract(JsonNode document) {
    this.document = document;
    for (Map.Entry<String, JsonNode> schema : document.at("/components/schemas").properties()) {
      if (schema.getValue() instanceof ObjectNode object && object.has("properties")) {
        object.put("additionalProperties", false);
      }
    }
    document
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method -> {
                          String name =
                              method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
                          operations.put(name, new Operation(name, method.getValue()));
                        }));
  }

  /** The contract of this bank. */
  public static WireContract ofTheBank() {
    return OF_THE_BANK;
  }

  /** All that the document says may be answered. */
  public Set<Promise> promises() {
    Set<Promise> promises = new TreeSet<>();
    for (Operation operation : operations.values()) {
      for (Map.Entry<String, JsonNode> response : operation.node().get("responses").properties()) {
        int status = Integer.parseInt(response.getKey());
        codes(resolved(response.getValue()))
            .forEach(code -> promises.add(new Promise(operation.name(), status, code)));
      }
    }
    return promises;
  }

  /** The schemas of bodies, by name. */
  public Set<Map.Entry<String, JsonNode>> schemas() {
    return document.at("/components/schemas").properties();
  }

  /** The operations, by method and path, such as {@code GET /accounts/{id}}. */
  public Map<String, Operation> operations() {
    return operations;
  }

  /**
   * What of the document an answer keeps; nothing where there is no such route, or where there is
   * none of the answer's words to see.
   *
   * @param path the path of the request, without its query
   * @param headers the first value of a header of the answer
   * @param body empty where the answer has none, or is not at hand
   * @throws AssertionError when the document says nothing of such an answer
   */
  public Optional<Promise> check(
      String method,
      String path,
      int status,
      Function<String, Optional<String>> headers,
      String body) {
    if (method.equals("OPTIONS") && status == 204) {
      return Optional.empty(); // A preflight, which is between the bank and a browser.
    }
    String answer = "%s %s was answered with %d %s".formatted(method, path, status, body);
    Optional<Operation> called = operation(method.equals("HEAD") ? "GET" : method, path);
    if (called.isEmpty()) {
      assertThat(method.equals("HEAD") || NOWHERE.contains(codeIn(body)))
          .as("%s, where the document has no route", answer)
          .isTrue();
      return Optional.empty();
    }
    Operation operation = called.get();
    JsonNode documented = operation.node().get("responses").get(String.valueOf(status));
    assertThat(documented).as("%s, which is not in the document", answer).isNotNull();
    JsonNode response = resolved(documented);
    for (Map.Entry<String, JsonNode> header : response.path("headers").properties()) {
      if (resolved(header.getValue()).path("required").asBoolean()) {
        assertThat(headers.apply(header.getKey()))
            .as("%s; %s", answer, header.getKey())
            .isPresent();
      }
    }
    if (body.isEmpty()) {
      return response.has("content")
          ? Optional.empty()
          : Optional.of(new Promise(operation.name(), status, ""));
    }
    String type = mediaType(headers.apply("Content-Type").orElse(""));
    JsonNode content = response.path("content").get(type);
    assertThat(content).as("%s, as %s, which is not in the document", answer, type).isNotNull();
    if (type.equals(JSON) || type.equals(PROBLEM_JSON)) {
      assertThat(violations(content.get("schema"), json(body))).as(answer).isEmpty();
    }
    return Optional.of(
        new Promise(operation.name(), status, type.equals(PROBLEM_JSON) ? codeIn(body) : ""));
  }

  /** How that value breaks that schema of the document. */
  public List<String> violations(JsonNode schema, JsonNode value) {
    return compiled.computeIfAbsent(schema, this::compiled).validate(value).stream()
        .map(Error::toString)
        .toList();
  }

  /** What a reference leads to, and else the node itself. */
  public JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asString().substring(1)) : node;
  }

  private Schema compiled(JsonNode schema) {
    ObjectNode root = JsonMapper.shared().createObjectNode();
    root.set("$defs", document.at("/components/schemas"));
    root.putArray("allOf").add(schema);
    return registry.getSchema(root.toString().replace("#/components/schemas/", "#/$defs/"));
  }

  private Optional<Operation> operation(String method, String path) {
    return operations.values().stream()
        .filter(operation -> operation.isCalledBy(method, path))
        .max(Comparator.comparing(Operation::literal));
  }

  /** The codes of problems; for any other answer the empty one. */
  private Stream<String> codes(JsonNode response) {
    JsonNode content = response.path("content");
    Stream<String> codes =
        content
            .path(PROBLEM_JSON)
            .at("/schema/allOf/1/properties/code/enum")
            .valueStream()
            .map(JsonNode::asString);
    boolean problemsAlone = content.size() == 1 && content.has(PROBLEM_JSON);
    return problemsAlone ? codes : Stream.concat(Stream.of(""), codes);
  }

  private static String codeIn(String body) {
    return body.startsWith("{") ? json(body).path("code").asString("") : "";
  }

  private static String mediaType(String contentType) {
    return contentType.split(";", -1)[0].strip();
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  private static JsonNode document() {
    try (InputStream file =
        WireContract.class.getClassLoader().getResourceAsStream("META-INF/openapi.yml")) {
      return YAMLMapper.shared().readTree(Objects.requireNonNull(file, "no META-INF/openapi.yml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A route with all that the document says of it. */
  public record Operation(String name, JsonNode node) {
    /** What stands before the first part of the path that varies. */
    private String literal() {
      return name.replaceFirst("\\{.*", "");
    }

    private boolean isCalledBy(String method, String path) {
      StringBuilder pattern = new StringBuilder();
      for (String part : name.split("\\{[^}]+\\}", -1)) {
        pattern.append(pattern.isEmpty() ? "" : "[^/]+").append(Pattern.quote(part));
      }
      return (method + " " + path).matches(pattern.toString());
    }
  }

  /**
   * An answer that the document promises.
   *
   * @param operation the method and the path
   * @param code the problem's; empty where it is none
   */
  public record Promise(String operation, int status, String code) implements Comparable<Promise> {
    @Override
    public int compareTo(Promise other) {
      return Comparator.comparing(Promise::operation)
          .thenComparingInt(Promise::status)
          .thenComparing(Promise::code)
          .compare(this, other);
    }
  }
}
