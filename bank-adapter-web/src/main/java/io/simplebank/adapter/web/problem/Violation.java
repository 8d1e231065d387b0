package io.simplebank.adapter.web.problem;

import io.micronaut.serde.annotation.Serdeable;

/**
 * What is wrong with one field of a body, or with one parameter.
 *
 * @param field its name, as the client writes it
 * @param message what it must be
 */
@Serdeable
public record Violation(String field, String message) {}
