/**
 * The services behind the use cases of users: registration.
 *
 * <p>Plain Java: no framework, no SQL, no HTTP.
 */
@NullMarked
package io.simplebank.application.user;

import org.jspecify.annotations.NullMarked;
