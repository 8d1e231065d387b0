package io.simplebank.adapter.web.user;

import io.micronaut.core.annotation.AnnotationValue;
import io.micronaut.validation.validator.constraints.ConstraintValidator;
import io.micronaut.validation.validator.constraints.ConstraintValidatorContext;
import io.simplebank.domain.user.Password;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

@Singleton
final class AcceptablePasswordValidator implements ConstraintValidator<AcceptablePassword, String> {
  @Override
  public boolean isValid(
      @Nullable String value,
      AnnotationValue<AcceptablePassword> annotation,
      ConstraintValidatorContext context) {
    return value == null || Password.isAcceptable(value);
  }
}
