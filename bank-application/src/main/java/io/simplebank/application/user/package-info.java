/**
 * The services behind the use cases of users: registration, their profile, the verification of
 * their address, and what bankers do with them.
 *
 * <p>Plain Java: no framework, no SQL, no HTTP.
 */
@NullMarked
package io.simplebank.application.user;

import org.jspecify.annotations.NullMarked;
