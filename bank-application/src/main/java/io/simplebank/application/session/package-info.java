/**
 * The services behind the use cases of sessions: logging in and out, renewing access, and the one
 * place where passwords are compared.
 *
 * <p>Plain Java: no framework, no SQL, no HTTP.
 */
@NullMarked
package io.simplebank.application.session;

import org.jspecify.annotations.NullMarked;
