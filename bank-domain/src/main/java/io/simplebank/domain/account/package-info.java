/**
 * Accounts as they stand at one moment: whose they are, what is on them, what they may pay.
 *
 * <p>An account changes only through the transfer rules; nothing here reads or writes a store.
 */
@NullMarked
package io.simplebank.domain.account;

import org.jspecify.annotations.NullMarked;
