package io.simplebank.adapter.web.money;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The text is the code of a currency that the bank is configured to offer. */
@Documented
@Schema(pattern = "[A-Z]{3}", description = "ISO 4217 code of a currency that the bank offers")
@Constraint(validatedBy = OfferedCurrencyValidator.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD})
public @interface OfferedCurrency {
  /** What a client is told; the validator adds the codes. */
  String message() default "must be one of the offered currencies";

  /** As Bean Validation wants it; not used. */
  Class<?>[] groups() default {};

  /** As Bean Validation wants it; not used. */
  Class<? extends Payload>[] payload() default {};
}
