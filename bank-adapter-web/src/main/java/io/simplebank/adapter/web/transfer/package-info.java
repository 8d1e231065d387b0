/** Transfers, deposits, withdrawals and the entries of an account over HTTP. */
@NullMarked
package io.simplebank.adapter.web.transfer;

import org.jspecify.annotations.NullMarked;
