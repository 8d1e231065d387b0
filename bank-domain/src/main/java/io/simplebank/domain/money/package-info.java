/**
 * Amounts of money: whole minor units of one ISO 4217 currency, with exact arithmetic.
 *
 * <p>Nothing here knows of accounts, of exchange rates or of how an amount is printed.
 */
@NullMarked
package io.simplebank.domain.money;

import org.jspecify.annotations.NullMarked;
