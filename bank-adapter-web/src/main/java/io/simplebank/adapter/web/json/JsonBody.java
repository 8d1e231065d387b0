package io.simplebank.adapter.web.json;

/**
 * Marks the records that {@link JsonBodyReader} makes of request bodies. A record is made only once
 * every component has been found to keep its constraints.
 */
public interface JsonBody {}
