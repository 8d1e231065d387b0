/**
 * Sessions: what a login begins, and the secret that prolongs it.
 *
 * <p>Only the hash of that secret is ever kept.
 */
@NullMarked
package io.simplebank.domain.session;

import org.jspecify.annotations.NullMarked;
