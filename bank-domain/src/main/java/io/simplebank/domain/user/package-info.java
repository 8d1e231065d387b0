/**
 * The people of the bank: who they are, how they are named, what they may ask for.
 *
 * <p>Passwords pass through in the clear only inside {@link io.simplebank.domain.user.Password},
 * which never prints itself.
 */
@NullMarked
package io.simplebank.domain.user;

import org.jspecify.annotations.NullMarked;
