package io.simplebank.adapter.web.json;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.micronaut.context.annotation.Value;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.beans.BeanIntrospection;
import io.micronaut.core.order.Ordered;
import io.micronaut.core.type.Argument;
import io.micronaut.core.type.Headers;
import io.micronaut.http.MediaType;
import io.micronaut.http.body.MessageBodyReader;
import io.micronaut.jackson.core.tree.JsonNodeTreeCodec;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.validation.validator.Validator;
import io.simplebank.adapter.web.problem.Problem;
import io.simplebank.adapter.web.problem.ProblemCode;
import io.simplebank.adapter.web.problem.Violation;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON object into a record, property by property in snake_case; a property may be a list
 * of such records. Unlike a binder that stops at the first mismatch or bends a value to fit (1.5 to
 * 1, "7" to 7), it names every field that is wrong, whether by type or by constraint. Unknown
 * fields are ignored unless a switch refuses them; a field that is there twice, or anything behind
 * the object, is always refused: money moves on no request that can be read in two ways. Whatever
 * Content-Type says, a body that is JSON is read: {@code curl -d} calls it a form.
 */
@Singleton
@Order(Ordered.HIGHEST_PRECEDENCE)
final class JsonBodyReader<T extends JsonBody> implements MessageBodyReader<T> {
  private static final Set<MediaType> SENT_WITHOUT_THINKING =
      Set.of(MediaType.APPLICATION_FORM_URLENCODED_TYPE, MediaType.TEXT_PLAIN_TYPE);

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Validator validator;
  private final boolean refusesUnknownFields;
  private final Map<Class<?>, Shape<?>> shapes = new ConcurrentHashMap<>();

  JsonBodyReader(
      Validator validator, @Value("${bank.refuse-unknown-fields}") boolean refusesUnknownFields) {
    this.validator = validator;
    this.refusesUnknownFields = refusesUnknownFields;
  }

  @Override
  public boolean isReadable(Argument<T> type, @Nullable MediaType mediaType) {
    return JsonBody.class.isAssignableFrom(type.getType());
  }

  @Override
  public T read(
      Argument<T> type, @Nullable MediaType mediaType, Headers headers, InputStream body) {
    JsonNode node = parse(body, mediaType);
    if (!node.isObject()) {
      throw new InvalidBodyException(
          Problem.of(ProblemCode.MALFORMED_JSON, "a JSON object is needed in the body"));
    }
    List<Violation> violations = new ArrayList<>();
    T read = read(shape(type.getType()), node, "", violations);
    if (read == null) {
      throw new InvalidBodyException(Problem.ofViolations(violations));
    }
    return read;
  }

  private static JsonNode parse(InputStream body, @Nullable MediaType mediaType) {
    try (JsonParser parser = JSON.createParser(body)) {
      boolean blank = parser.nextToken() == null;
      JsonNode node =
          blank ? JsonNode.nullNode() : JsonNodeTreeCodec.getInstance().readTree(parser);
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "there is more than one value");
      }
      return node;
    } catch (IOException e) {
      ProblemCode code =
          mayBeMeantAsJson(mediaType)
              ? ProblemCode.MALFORMED_JSON
              : ProblemCode.UNSUPPORTED_MEDIA_TYPE;
      throw new InvalidBodyException(Problem.of(code, "the body is not well-formed JSON"));
    }
  }

  private static boolean mayBeMeantAsJson(@Nullable MediaType mediaType) {
    return mediaType == null
        || mediaType.matchesExtension(MediaType.EXTENSION_JSON)
        || SENT_WITHOUT_THINKING.stream().anyMatch(type -> type.matches(mediaType));
  }

  /**
   * Reads an object at that path into a record; null when anything about it is wrong, which is then
   * added to the violations.
   */
  private <B> @Nullable B read(
      Shape<B> shape, JsonNode object, String path, List<Violation> violations) {
    int violationsBefore = violations.size();
    @Nullable Object[] values = new @Nullable Object[shape.components().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(shape, shape.components().get(i), object, path, violations);
    }
    if (refusesUnknownFields) {
      Set<String> known = shape.components().stream().map(Component::name).collect(toSet());
      for (Map.Entry<String, JsonNode> entry : object.entries()) {
        if (!known.contains(entry.getKey())) {
          violations.add(new Violation(path + entry.getKey(), "is not known"));
        }
      }
    }
    return violations.size() == violationsBefore ? shape.introspection().instantiate(values) : null;
  }

  private @Nullable Object value(
      Shape<?> shape,
      Component component,
      JsonNode object,
      String path,
      List<Violation> violations) {
    String field = path + component.name();
    JsonNode given = given(object, component.name());
    String companion = component.goesWith();
    if (given == null && companion != null && given(object, companion) != null) {
      violations.add(new Violation(field, "is required with " + companion));
    }
    if (given == null) {
      component.wrongWithNothing().forEach(it -> violations.add(new Violation(field, it)));
      return null;
    }
    String needed = component.onlyWith();
    if (needed != null && !isTrue(given(object, needed))) {
      violations.add(new Violation(field, "is only for what is " + needed + ": true"));
      return null;
    }
    Class<?> type = component.argument().getType();
    Object value =
        type == List.class && given.isArray()
            ? list(component.argument(), given, field, violations)
            : valueOf(type, given);
    if (value == null) {
      violations.add(new Violation(field, expected(type)));
    } else {
      wrongWith(shape.introspection(), component.argument(), value)
          .forEach(it -> violations.add(new Violation(field, it)));
    }
    return value;
  }

  private List<String> wrongWith(
      BeanIntrospection<?> introspection, Argument<?> component, @Nullable Object value) {
    Set<? extends ConstraintViolation<?>> found =
        validator.validateValue(introspection.getBeanType(), component.getName(), value);
    return found.isEmpty()
        ? List.of()
        : found.stream().<String>map(ConstraintViolation::getMessage).toList();
  }

  @SuppressWarnings("unchecked") // Each class has the shape of its own.
  private <B> Shape<B> shape(Class<B> type) {
    return (Shape<B>)
        shapes.computeIfAbsent(type, unseen -> shape(BeanIntrospection.getIntrospection(unseen)));
  }

  private <B> Shape<B> shape(BeanIntrospection<B> introspection) {
    List<Component> components = new ArrayList<>();
    for (Argument<?> argument : introspection.getConstructorArguments()) {
      components.add(
          new Component(
              argument,
              Violation.wireName(argument.getName()),
              wireName(argument, GoesWith.class),
              wireName(argument, OnlyWith.class),
              wrongWith(introspection, argument, null)));
    }
    return new Shape<>(introspection, List.copyOf(components));
  }

  private static @Nullable String wireName(
      Argument<?> component, Class<? extends Annotation> relation) {
    return component
        .getAnnotationMetadata()
        .stringValue(relation)
        .map(Violation::wireName)
        .orElse(null);
  }

  /** A list of records, with null in the place of each that is wrong. */
  private List<@Nullable Object> list(
      Argument<?> component, JsonNode array, String field, List<Violation> violations) {
    Shape<?> element = shape(component.getFirstTypeVariable().orElseThrow().getType());
    List<@Nullable Object> list = new ArrayList<>(array.size());
    for (JsonNode item : array.values()) {
      String path = field + "[" + list.size() + "]";
      if (item.isObject()) {
        list.add(read(element, item, path + ".", violations));
      } else {
        violations.add(new Violation(path, "must be an object"));
        list.add(null);
      }
    }
    return list;
  }

  /** What the object says of that; to say null is as good as to say nothing. */
  private static @Nullable JsonNode given(JsonNode object, String name) {
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? null : value;
  }

  private static boolean isTrue(@Nullable JsonNode value) {
    return value != null && value.isBoolean() && value.getBooleanValue();
  }

  /** The value as the component's type; null when it is of another. */
  private static @Nullable Object valueOf(Class<?> type, JsonNode value) {
    if (type == String.class) {
      return value.isString() && isStorable(value.getStringValue()) ? value.getStringValue() : null;
    }
    if (type == Long.class) {
      return value.isNumber() ? wholeNumber(value.getNumberValue()) : null;
    }
    if (type == Boolean.class) {
      return value.isBoolean() ? value.getBooleanValue() : null;
    }
    if (type == List.class) {
      return null;
    }
    throw new IllegalStateException("no JSON is read into " + type.getName());
  }

  private static @Nullable Long wholeNumber(Number number) {
    return switch (number) {
      case Integer small -> small.longValue();
      case Long large -> large;
      case BigInteger huge when huge.bitLength() < Long.SIZE -> huge.longValue();
      default -> null;
    };
  }

  /** Neither NUL nor half a surrogate pair: PostgreSQL and UTF-8 have no place for them. */
  private static boolean isStorable(String text) {
    return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  private static String expected(Class<?> type) {
    if (type == Long.class) {
      return "must be a whole number of at most 64 bits";
    }
    if (type == List.class) {
      return "must be a list";
    }
    return type == Boolean.class ? "must be true or false" : "must be text without NUL";
  }

  /** A record's components, which are looked at when it is first read and not with each body. */
  private record Shape<B>(BeanIntrospection<B> introspection, List<Component> components) {}

  /**
   * A component.
   *
   * @param name as clients write it
   * @param goesWith the one with which it is required, as clients write it
   * @param onlyWith the one without which it may not be given, as clients write it
   * @param wrongWithNothing what its constraints say when it is left out
   */
  private record Component(
      Argument<?> argument,
      String name,
      @Nullable String goesWith,
      @Nullable String onlyWith,
      List<String> wrongWithNothing) {}
}
