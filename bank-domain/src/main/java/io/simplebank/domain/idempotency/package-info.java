/**
 * Requests that are carried out once, however often they arrive: their keys, and the answers that
 * are remembered under them.
 *
 * <p>What a request is about and how its answer reads is for others to say; here it is opaque.
 */
@NullMarked
package io.simplebank.domain.idempotency;

import org.jspecify.annotations.NullMarked;
