package io.simplebank.adapter.web.openapi;

import io.micronaut.http.HttpStatus;
import io.simplebank.adapter.web.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Completes the document of the API, at build. Micronaut's processor has read from the controllers
 * the routes, their parameters and bodies with all constraints, and the annotations that say what
 * is particular to a route: its success, and by {@code @ApiResponse(responseCode = "404",
 * description = "account_not_found")} the codes of its refusals, separated by commas. This adds
 * what follows from the kind of route it is, so that nobody can forget it, and puts what is written
 * by hand over it. It fails the build when something is missing.
 */
final class ApiDocument {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");
  private static final List<String> BEGINNING = List.of("openapi", "info", "servers", "tags");
  private static final String SCHEMAS = "#/components/schemas/";
  private static final String JSON = "application/json";
  private static final String PROBLEM_JSON = "application/problem+json";
  private static final String KEY_HEADER = "Idempotency-Key";

  private static final String REPLAYED = "Idempotent-Replayed";

  /** In every request and answer. */
  private static final String REQUEST_ID = "X-Request-Id";

  /** Routes of these need no database; those of the second answer whatever is accepted. */
  private static final String OPERATIONS = "Operations";

  private static final String PROBES = "Probes";

  /** How the gateway of the older system spelt a route that there is under another path too. */
  private static final String GATEWAY_PATH = "/v1/";

  private static final String GATEWAY = "Gateway";

  /** The arguments of controllers that clients do not send. */
  private static final String CALLER = SCHEMAS + "Caller";

  private final Map<String, Object> document;
  private final Map<String, Object> examples;
  private final Map<String, Object> sharedResponses = new TreeMap<>();
  private final Set<String> missing = new TreeSet<>();

  private ApiDocument(Map<String, Object> document) {
    this.document = document;
    this.examples = map(document.remove("x-examples"));
  }

  /**
   * Writes the complete document.
   *
   * @param arguments what the processor has generated, what is written by hand, the version of the
   *     bank, and the file to write
   */
  public static void main(String... arguments) throws IOException {
    Map<String, Object> complete =
        complete(
            Files.readString(Path.of(arguments[0])),
            Files.readString(Path.of(arguments[1])),
            arguments[2]);
    Path target = Path.of(arguments[3]);
    Files.createDirectories(target.getParent());
    Files.writeString(target, write(complete));
  }

  /**
   * The complete document.
   *
   * @throws IllegalStateException when something is missing that the document should say
   */
  static Map<String, Object> complete(String generated, String written, String version) {
    Map<String, Object> tidy = map(tidy(read(generated)));
    Map<String, Object> schemas = map(map(tidy.get("components")).get("schemas"));
    Map<String, Object> renamed = new LinkedHashMap<>();
    schemas.forEach((name, schema) -> renamed.put(withoutJson(name), schema));
    map(tidy.get("components")).put("schemas", renamed);
    for (Map<String, Object> operation : operations(tidy).values()) {
      withoutCaller(operation);
    }
    ApiDocument document = new ApiDocument(merged(tidy, read(written)));
    document.complete(version);
    if (!document.missing.isEmpty()) {
      throw new IllegalStateException(
          "the document of the API lacks:\n" + String.join("\n", document.missing));
    }
    return document.inOrder();
  }

  private void complete(String version) {
    map(document.get("info")).put("version", version);
    operations(document)
        .forEach(
            (route, operation) -> {
              completeOperation(route, operation);
              completeResponses(route, operation);
            });
    Map<String, Object> components = map(document.get("components"));
    Map<String, Object> schemas = map(components.get("schemas"));
    Map<String, Object> code = map(map(map(schemas.get("Problem")).get("properties")).get("code"));
    code.put("enum", Stream.of(ProblemCode.values()).map(ProblemCode::code).sorted().toList());
    components.put("responses", sharedResponses);
    schemas.keySet().retainAll(usedSchemas());
    schemas.forEach(
        (name, schema) -> {
          if (!map(schema).containsKey("examples")) {
            missing.add("an example of the schema " + name);
          }
        });
  }

  private void completeOperation(String route, Map<String, Object> operation) {
    String path = route.substring(route.indexOf(' ') + 1);
    operation.put("operationId", operationId(route));
    if (path.startsWith(GATEWAY_PATH)) {
      operation.put("tags", List.of(GATEWAY));
    }
    if (!operation.containsKey("tags")) {
      missing.add("a @Tag of the controller of " + route);
    }
    Object summary = operation.get("summary");
    if (summary == null || summary.equals(operation.get("description"))) {
      missing.add("an @Operation with a summary of " + route);
    }
    for (Map<String, Object> parameter : parameters(operation)) {
      Object name = Objects.requireNonNull(parameter.get("name"));
      Map<String, Object> written = map(examples.get("parameters"));
      Object example = written.getOrDefault(name + " of " + route, written.get(name));
      if (example == null) {
        missing.add("an example of the parameter " + name + " of " + route);
      } else {
        parameter.put("example", example);
      }
      Map<String, Object> schema = map(parameter.get("schema"));
      if (schema.get("type") instanceof List<?> types) {
        // What is not there is not null.
        schema.put("type", types.getFirst());
      }
    }
    List<Object> parameters = new ArrayList<>(list(operation.get("parameters")));
    parameters.add(ref("#/components/parameters/" + REQUEST_ID));
    operation.put("parameters", parameters);
  }

  private void completeResponses(String route, Map<String, Object> operation) {
    Map<String, Object> declared = map(operation.get("responses"));
    Map<String, Object> responses = new TreeMap<>();
    Map<Integer, Set<ProblemCode>> refusals = new TreeMap<>();
    for (ProblemCode code : refusalsOfItsKind(operation)) {
      refusals
          .computeIfAbsent(statusOf(code), status -> EnumSet.noneOf(ProblemCode.class))
          .add(code);
    }
    declared.forEach(
        (status, response) -> {
          int number = Integer.parseInt(status);
          if (number < HttpStatus.BAD_REQUEST.getCode() || map(response).containsKey("content")) {
            responses.put(status, success(number, map(response), operation));
            return;
          }
          for (String word : String.valueOf(map(response).get("description")).split(", *", -1)) {
            ProblemCode code = code(word);
            if (code == null || statusOf(code) != number) {
              missing.add(
                  "a problem code of status " + status + " for the \"" + word + "\" of " + route);
            } else {
              refusals.computeIfAbsent(number, any -> EnumSet.noneOf(ProblemCode.class)).add(code);
            }
          }
        });
    refusals.forEach((status, codes) -> responses.put(status.toString(), refusal(codes)));
    if (declared.keySet().stream().noneMatch(status -> status.startsWith("2"))) {
      missing.add("an @ApiResponse for the success of " + route);
    }
    operation.put("responses", responses);
  }

  /** What a route refuses because of what it is, whatever it does. */
  private static Set<ProblemCode> refusalsOfItsKind(Map<String, Object> operation) {
    Set<ProblemCode> codes = EnumSet.of(ProblemCode.URI_TOO_LONG, ProblemCode.HEADERS_TOO_LARGE);
    if (operation.containsKey("requestBody")) {
      codes.add(ProblemCode.INVALID_REQUEST);
      codes.add(ProblemCode.MALFORMED_JSON);
      codes.add(ProblemCode.BODY_TOO_LARGE);
      codes.add(ProblemCode.UNSUPPORTED_MEDIA_TYPE);
    }
    for (Map<String, Object> parameter : parameters(operation)) {
      if (KEY_HEADER.equals(parameter.get("name"))) {
        codes.add(ProblemCode.IDEMPOTENCY_KEY_REUSED);
      }
      if (isConstrained(map(parameter.get("schema")))) {
        codes.add(ProblemCode.INVALID_REQUEST);
      }
    }
    for (Object requirement : list(operation.get("security"))) {
      codes.add(ProblemCode.UNAUTHENTICATED);
      if (map(requirement).values().stream().anyMatch(roles -> !list(roles).isEmpty())) {
        codes.add(ProblemCode.FORBIDDEN);
      }
    }
    List<?> tags = list(operation.get("tags"));
    if (!tags.contains(PROBES)) {
      codes.add(ProblemCode.NOT_ACCEPTABLE);
    }
    if (!tags.contains(PROBES) && !tags.contains(OPERATIONS)) {
      codes.add(ProblemCode.INTERNAL_ERROR);
      codes.add(ProblemCode.UNAVAILABLE);
    }
    return codes;
  }

  private static boolean isConstrained(Map<String, Object> schema) {
    return schema.containsKey("pattern") || schema.containsKey("format");
  }

  private static Map<String, Object> success(
      int status, Map<String, Object> declared, Map<String, Object> operation) {
    Map<String, Object> response = new LinkedHashMap<>(declared);
    String description = String.valueOf(declared.get("description"));
    if (description.isBlank() || description.endsWith(" response")) {
      response.put("description", HttpStatus.valueOf(status).getReason());
    }
    boolean keyed =
        parameters(operation).stream().anyMatch(any -> KEY_HEADER.equals(any.get("name")));
    response.put("headers", keyed ? headers(REPLAYED, REQUEST_ID) : headers(REQUEST_ID));
    return response;
  }

  /** A refusal with one of those codes, by reference where there are but one or two. */
  private Map<String, Object> refusal(Collection<ProblemCode> codes) {
    if (codes.size() > 2) {
      return response(codes);
    }
    String name = codes.stream().map(ApiDocument::typeName).collect(Collectors.joining("Or"));
    sharedResponses.computeIfAbsent(name, any -> response(codes));
    return ref("#/components/responses/" + name);
  }

  private Map<String, Object> response(Collection<ProblemCode> codes) {
    int status = statusOf(codes.iterator().next());
    Map<String, Object> shown = new LinkedHashMap<>();
    for (ProblemCode code : codes) {
      shown.put(code.code(), ordered("value", example(code)));
    }
    Map<String, Object> schema =
        ordered(
            "allOf",
            List.of(
                ref(SCHEMAS + "Problem"),
                ordered(
                    "properties",
                    ordered(
                        "status",
                        ordered("const", status),
                        "code",
                        ordered("enum", codes.stream().map(ProblemCode::code).toList())))));
    Map<String, Object> response =
        ordered(
            "description",
            codes.stream()
                .map(code -> "`" + code.code() + "`: " + code.title())
                .collect(Collectors.joining("\n\n")));
    response.put(
        "headers",
        switch (HttpStatus.valueOf(status)) {
          case UNAUTHORIZED -> headers("WWW-Authenticate", REQUEST_ID);
          case TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE -> headers("Retry-After", REQUEST_ID);
          default -> headers(REQUEST_ID);
        });
    response.put("content", ordered(PROBLEM_JSON, ordered("schema", schema, "examples", shown)));
    return response;
  }

  private static Map<String, Object> headers(String... names) {
    Map<String, Object> headers = new LinkedHashMap<>();
    for (String name : names) {
      headers.put(name, ref("#/components/headers/" + name));
    }
    return headers;
  }

  private Map<String, Object> example(ProblemCode code) {
    Map<String, Object> written = map(map(examples.get("problems")).get(code.code()));
    if (!written.containsKey("detail") || !written.containsKey("instance")) {
      missing.add("an example of the problem " + code.code());
    }
    Map<String, Object> example =
        ordered(
            "type",
            "urn:simple-bank:problem:" + code.code(),
            "title",
            code.title(),
            "status",
            statusOf(code));
    example.putAll(written);
    example.put("code", code.code());
    example.put("error", String.valueOf(written.get("detail")));
    example.put("message", String.valueOf(written.get("detail")));
    return example;
  }

  /** The schemas to which a path leads, by however many steps. */
  private Set<String> usedSchemas() {
    Map<String, Object> components = map(document.get("components"));
    Map<String, Object> schemas = map(components.get("schemas"));
    Set<String> used = new TreeSet<>();
    List<String> next = new ArrayList<>();
    addReferences(document.get("paths"), next);
    addReferences(components.get("responses"), next);
    while (!next.isEmpty()) {
      String name = next.removeLast();
      if (used.add(name)) {
        addReferences(schemas.get(name), next);
      }
    }
    return used;
  }

  private static void addReferences(@Nullable Object node, List<String> names) {
    if (node instanceof Map<?, ?> object) {
      if (object.get("$ref") instanceof String reference && reference.startsWith(SCHEMAS)) {
        names.add(reference.substring(SCHEMAS.length()));
      }
      object.values().forEach(value -> addReferences(value, names));
    } else if (node instanceof List<?> items) {
      items.forEach(item -> addReferences(item, names));
    }
  }

  private Map<String, Object> inOrder() {
    Map<String, Object> ordered = new LinkedHashMap<>();
    BEGINNING.forEach(name -> ordered.put(name, document.get(name)));
    ordered.put("paths", new TreeMap<>(map(document.get("paths"))));
    Map<String, Object> components = new TreeMap<>(map(document.get("components")));
    components.put("schemas", new TreeMap<>(map(components.get("schemas"))));
    ordered.put("components", components);
    return ordered;
  }

  /**
   * What the processor says as the standard has it: a pattern covers all of a text, as it does in
   * Bean Validation, and a type that may be null is not any object as well.
   */
  private static @Nullable Object tidy(@Nullable Object node) {
    if (node instanceof List<?> items) {
      return items.stream().map(ApiDocument::tidy).collect(Collectors.toList());
    }
    if (!(node instanceof Map<?, ?>)) {
      return node;
    }
    Map<String, Object> tidy = new LinkedHashMap<>();
    map(node)
        .forEach(
            (name, value) -> {
              if (name.startsWith("x-")) {
                return; // The processor's own.
              }
              if (name.equals("properties")) {
                tidy.put("type", "object");
              }
              if (name.equals("pattern") && value instanceof String pattern) {
                tidy.put(name, anchored(pattern));
              } else if (name.equals("$ref") && value instanceof String reference) {
                tidy.put(name, withoutJson(reference));
              } else if (name.equals("type")
                  && value instanceof List<?> types
                  && types.contains("null")) {
                tidy.put(name, types.stream().filter(type -> !type.equals("object")).toList());
              } else if (name.equals("*/*")) {
                tidy.put(JSON, tidy(value));
              } else {
                tidy.put(name, Objects.requireNonNull(tidy(value)));
              }
            });
    return tidy;
  }

  /** As regular expressions of JSON Schema are: they search, and know no flags. */
  private static String anchored(String pattern) {
    String portable = pattern.replace("(?U)", "");
    return portable.contains("|") ? "^(?:" + portable + ")$" : "^" + portable + "$";
  }

  private static String withoutJson(String name) {
    return name.replaceAll("Json\\b", "");
  }

  /** Takes out the caller, whom the token names and no parameter or field. */
  private static void withoutCaller(Map<String, Object> operation) {
    List<Map<String, Object>> parameters =
        parameters(operation).stream()
            .filter(parameter -> !CALLER.equals(map(parameter.get("schema")).get("$ref")))
            .toList();
    operation.remove("parameters");
    if (!parameters.isEmpty()) {
      operation.put("parameters", parameters);
    }
    Map<String, Object> body = map(operation.get("requestBody"));
    for (Object content : map(body.get("content")).values()) {
      Map<String, Object> schema = map(map(content).get("schema"));
      if (map(schema.get("properties")).containsKey("caller")) {
        operation.remove("requestBody"); // There is nothing else.
      }
      for (Object part : list(schema.get("allOf"))) {
        if (map(part).containsKey("$ref")) {
          map(content).put("schema", part);
        }
      }
    }
  }

  private static Map<String, Object> merged(Map<String, Object> base, Map<String, Object> over) {
    Map<String, Object> merged = new LinkedHashMap<>(base);
    over.forEach(
        (name, value) ->
            merged.merge(
                name,
                value,
                (below, above) ->
                    below instanceof Map<?, ?> && above instanceof Map<?, ?>
                        ? merged(map(below), map(above))
                        : above));
    return merged;
  }

  /** All operations, by method and path. */
  private static Map<String, Map<String, Object>> operations(Map<String, Object> document) {
    Map<String, Map<String, Object>> operations = new TreeMap<>();
    map(document.get("paths"))
        .forEach(
            (path, methods) ->
                map(methods)
                    .forEach(
                        (method, operation) -> {
                          if (METHODS.contains(method)) {
                            operations.put(
                                method.toUpperCase(Locale.ROOT) + " " + path, map(operation));
                          }
                        }));
    return operations;
  }

  private static List<Map<String, Object>> parameters(Map<String, Object> operation) {
    return list(operation.get("parameters")).stream().map(ApiDocument::map).toList();
  }

  /** Such as {@code getAccountsByIdEntries}: it does not change when others come. */
  private static String operationId(String route) {
    return Pattern.compile("[^A-Za-z0-9{]+")
        .splitAsStream(route.toLowerCase(Locale.ROOT))
        .filter(word -> !word.isEmpty())
        .map(word -> word.startsWith("{") ? "by-" + word.substring(1) : word)
        .flatMap(Pattern.compile("-")::splitAsStream)
        .map(ApiDocument::capitalized)
        .collect(
            Collectors.collectingAndThen(
                Collectors.joining(),
                id -> id.substring(0, 1).toLowerCase(Locale.ROOT) + id.substring(1)));
  }

  private static String typeName(ProblemCode code) {
    return Stream.of(code.code().split("_", -1))
        .map(ApiDocument::capitalized)
        .collect(Collectors.joining());
  }

  private static String capitalized(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  private static @Nullable ProblemCode code(String word) {
    return Stream.of(ProblemCode.values())
        .filter(code -> code.code().equals(word))
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  private static int statusOf(ProblemCode code) {
    return code.status().getCode();
  }

  private static Map<String, Object> ref(String target) {
    return ordered("$ref", target);
  }

  private static Map<String, Object> ordered(Object... namesAndValues) {
    Map<String, Object> ordered = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      ordered.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return ordered;
  }

  /** The members of an object, of which there are none where there is no object. */
  @SuppressWarnings("unchecked") // YAML's objects have names for keys.
  private static Map<String, Object> map(@Nullable Object node) {
    return node instanceof Map<?, ?> object ? (Map<String, Object>) object : new LinkedHashMap<>();
  }

  private static List<?> list(@Nullable Object node) {
    return node instanceof List<?> items ? items : List.of();
  }

  private static Map<String, Object> read(String yaml) {
    return map(new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml));
  }

  private static String write(Map<String, Object> document) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setLineBreak(DumperOptions.LineBreak.UNIX);
    options.setWidth(100);
    return new Yaml(options).dump(withoutAliases(document));
  }

  /** A copy in which nothing is there twice, which YAML would write as an alias. */
  private static @Nullable Object withoutAliases(@Nullable Object node) {
    return switch (node) {
      case Map<?, ?> object -> {
        Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
        object.forEach((name, value) -> copy.put(name, withoutAliases(value)));
        yield copy;
      }
      case List<?> items ->
          items.stream().map(ApiDocument::withoutAliases).collect(Collectors.toList());
      case null, default -> node;
    };
  }
}
