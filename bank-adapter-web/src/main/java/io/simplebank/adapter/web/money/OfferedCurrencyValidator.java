package io.simplebank.adapter.web.money;

import io.micronaut.core.annotation.AnnotationValue;
import io.micronaut.validation.validator.constraints.ConstraintValidator;
import io.micronaut.validation.validator.constraints.ConstraintValidatorContext;
import io.simplebank.domain.money.OfferedCurrencies;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

@Singleton
final class OfferedCurrencyValidator implements ConstraintValidator<OfferedCurrency, String> {
  private final OfferedCurrencies offered;

  OfferedCurrencyValidator(OfferedCurrencies offered) {
    this.offered = offered;
  }

  @Override
  public boolean isValid(
      @Nullable String value,
      AnnotationValue<OfferedCurrency> annotation,
      ConstraintValidatorContext context) {
    if (value == null || offered.offers(value)) {
      return true;
    }
    context.messageTemplate("must be one of " + String.join(", ", offered.codes()));
    return false;
  }
}
