package io.simplebank.adapter.web.http;

import io.micronaut.context.annotation.Factory;
import io.micronaut.core.convert.ConversionContext;
import io.micronaut.core.convert.TypeConverter;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Numbers in paths and queries are written in one way: with the digits 0 to 9. Java reads those of
 * every script, and a sign before them.
 */
@Factory
final class PlainNumbers {
  private static final Pattern PLAIN = Pattern.compile("-?[0-9]+");

  @Singleton
  TypeConverter<CharSequence, Long> longs() {
    return (text, type, context) -> read(text, context, Long::valueOf);
  }

  @Singleton
  TypeConverter<CharSequence, Integer> integers() {
    return (text, type, context) -> read(text, context, Integer::valueOf);
  }

  private static <N> Optional<N> read(
      CharSequence text, ConversionContext context, Function<String, N> reader) {
    if (text.isEmpty()) {
      return Optional.empty(); // Which is to leave it out: the default is taken.
    }
    try {
      if (PLAIN.matcher(text).matches()) {
        return Optional.of(reader.apply(text.toString()));
      }
      context.reject(text, new NumberFormatException("not written with the digits 0 to 9"));
    } catch (NumberFormatException e) {
      context.reject(text, e);
    }
    return Optional.empty();
  }
}
