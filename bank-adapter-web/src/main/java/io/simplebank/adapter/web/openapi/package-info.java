/**
 * The document of the API (OpenAPI 3.1): how it is completed at build, and where it is served. It
 * knows nothing of single routes; what is said of a route stands at its controller.
 */
@NullMarked
package io.simplebank.adapter.web.openapi;

import org.jspecify.annotations.NullMarked;
