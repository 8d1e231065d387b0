/** The audit of the ledger over HTTP. */
@NullMarked
package io.simplebank.adapter.web.audit;

import org.jspecify.annotations.NullMarked;
