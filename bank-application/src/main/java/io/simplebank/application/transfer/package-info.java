/**
 * The services behind the use cases of transfers: moving money, and looking at what was moved.
 *
 * <p>Every movement of money takes the one path through {@link
 * io.simplebank.application.transfer.TransferService}. Plain Java: no framework, no SQL, no HTTP.
 */
@NullMarked
package io.simplebank.application.transfer;

import org.jspecify.annotations.NullMarked;
