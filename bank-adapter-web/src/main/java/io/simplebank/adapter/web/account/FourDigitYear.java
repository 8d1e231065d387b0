package io.simplebank.adapter.web.account;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The time is one that RFC 3339 can write, and the database can keep. */
@Documented
@Constraint(validatedBy = FourDigitYearValidator.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD})
public @interface FourDigitYear {
  /** What a client is told. */
  String message() default "must be a time in the years 0000 to 9999";

  /** As Bean Validation wants it; not used. */
  Class<?>[] groups() default {};

  /** As Bean Validation wants it; not used. */
  Class<? extends Payload>[] payload() default {};
}
