/**
 * Transfers and the two entries of each, and the rules that decide whether an order becomes one.
 *
 * <p>Everything is a pure function of the order and of the accounts given; locks, clocks and
 * numbering belong to whoever calls.
 */
@NullMarked
package io.simplebank.domain.transfer;

import org.jspecify.annotations.NullMarked;
