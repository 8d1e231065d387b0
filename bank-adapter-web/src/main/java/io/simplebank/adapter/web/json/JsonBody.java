package io.simplebank.adapter.web.json;

/**
 * Marks the records that {@link JsonBodyReader} makes of request bodies. Their components are
 * nullable wrappers with constraints: what is missing or wrong is found by validation, not by an
 * exception in a constructor.
 */
public interface JsonBody {}
