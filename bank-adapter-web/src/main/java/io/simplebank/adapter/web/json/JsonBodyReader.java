package io.simplebank.adapter.web.json;

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
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    T read = read(BeanIntrospection.getIntrospection(type.getType()), node, "", violations);
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
      BeanIntrospection<B> introspection,
      JsonNode object,
      String path,
      List<Violation> violations) {
    int violationsBefore = violations.size();
    Argument<?>[] components = introspection.getConstructorArguments();
    @Nullable Object[] values = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      String property = components[i].getName();
      String name = Violation.wireName(property);
      String field = path + name;
      JsonNode value = given(object, name);
      components[i]
          .getAnnotationMetadata()
          .stringValue(GoesWith.class)
          .map(Violation::wireName)
          .filter(other -> value == null && given(object, other) != null)
          .map(other -> new Violation(field, "is required with " + other))
          .ifPresent(violations::add);
      Optional<String> needed =
          components[i]
              .getAnnotationMetadata()
              .stringValue(OnlyWith.class)
              .map(Violation::wireName);
      if (value != null && needed.filter(other -> !isTrue(given(object, other))).isPresent()) {
        violations.add(new Violation(field, "is only for what is " + needed.get() + ": true"));
        continue;
      }
      if (value != null) {
        values[i] =
            components[i].getType() == List.class && value.isArray()
                ? list(components[i], value, field, violations)
                : valueOf(components[i].getType(), value);
        if (values[i] == null) {
          violations.add(new Violation(field, expected(components[i].getType())));
          continue;
        }
      }
      validator.validateValue(introspection.getBeanType(), property, values[i]).stream()
          .map(violation -> new Violation(field, violation.getMessage()))
          .forEach(violations::add);
    }
    if (refusesUnknownFields) {
      Set<String> known =
          Stream.of(components)
              .map(component -> Violation.wireName(component.getName()))
              .collect(Collectors.toSet());
      for (Map.Entry<String, JsonNode> entry : object.entries()) {
        if (!known.contains(entry.getKey())) {
          violations.add(new Violation(path + entry.getKey(), "is not known"));
        }
      }
    }
    return violations.size() == violationsBefore ? introspection.instantiate(values) : null;
  }

  /** A list of records, with null in the place of each that is wrong. */
  private List<@Nullable Object> list(
      Argument<?> component, JsonNode array, String field, List<Violation> violations) {
    BeanIntrospection<?> element =
        BeanIntrospection.getIntrospection(
            component.getFirstTypeVariable().orElseThrow().getType());
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
}
