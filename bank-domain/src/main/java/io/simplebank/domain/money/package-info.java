/**
 * Amounts of money: whole minor units of one ISO 4217 currency, with exact arithmetic, and how such
 * an amount is written.
 *
 * <p>Nothing here knows of accounts, of exchange rates or of a reader's locale.
 */
@NullMarked
package io.simplebank.domain.money;

import org.jspecify.annotations.NullMarked;
