/**
 * What the bank needs from the outside: its stores, a transaction boundary, password hashing, mail.
 *
 * <p>The contract of each port is written down as a test in this module's test jar, which every
 * implementation has to pass.
 */
@NullMarked
package io.simplebank.domain.port.out;

import org.jspecify.annotations.NullMarked;
