/**
 * The services behind the use cases of accounts: opening them, looking at them, their balances and
 * their entries, and what is decided about them.
 *
 * <p>Plain Java: no framework, no SQL, no HTTP.
 */
@NullMarked
package io.simplebank.application.account;

import org.jspecify.annotations.NullMarked;
