package io.simplebank.adapter.web.problem;

import io.micronaut.core.naming.NameUtils;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Locale;

/**
 * What is wrong with one field of a body, or with one parameter.
 *
 * @param field its name, as the client writes it
 * @param message what it must be
 */
@Serdeable
public record Violation(String field, String message) {
  /** What is wrong with a Java property or parameter, under the name by which clients know it. */
  public static Violation of(String javaName, String message) {
    return new Violation(wireName(javaName), message);
  }

  /** The name by which clients know a Java property or parameter. */
  public static String wireName(String javaName) {
    return NameUtils.underscoreSeparate(javaName).toLowerCase(Locale.ROOT);
  }
}
