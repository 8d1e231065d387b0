/**
 * What the bank can be asked for: one use case a file, with its command and its outcomes.
 *
 * <p>Read this first: it is the list of features. Callers depend on these interfaces and never on
 * the services behind them.
 */
@NullMarked
package io.simplebank.domain.port.in;

import org.jspecify.annotations.NullMarked;
