/**
 * Accounts as they stand at one moment: whose they are, what is on them, what they may pay.
 *
 * <p>Money changes only through the transfer rules, the status only through those here, and limits
 * are a banker's to set; nothing here reads or writes a store.
 */
@NullMarked
package io.simplebank.domain.account;

import org.jspecify.annotations.NullMarked;
