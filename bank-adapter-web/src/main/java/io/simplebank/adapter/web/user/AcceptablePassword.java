package io.simplebank.adapter.web.user;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The text can be a password: its length counts in bytes, as bcrypt counts. */
@Documented
@Schema(format = "password", maxLength = 72, description = "8 to 72 bytes of UTF-8")
@Constraint(validatedBy = AcceptablePasswordValidator.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD})
@interface AcceptablePassword {
  String message() default "must have 8 to 72 bytes of UTF-8";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};
}
