package io.simplebank.adapter.web.account;

import io.micronaut.core.annotation.AnnotationValue;
import io.micronaut.validation.validator.constraints.ConstraintValidator;
import io.micronaut.validation.validator.constraints.ConstraintValidatorContext;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Singleton
final class FourDigitYearValidator implements ConstraintValidator<FourDigitYear, Instant> {
  private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  @Override
  public boolean isValid(
      @Nullable Instant value,
      AnnotationValue<FourDigitYear> annotation,
      ConstraintValidatorContext context) {
    return value == null || !(value.isBefore(EARLIEST) || value.isAfter(LATEST));
  }
}
