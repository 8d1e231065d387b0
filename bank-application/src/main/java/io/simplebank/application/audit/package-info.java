/**
 * The service behind the audit of the ledger. What bankers and users do is written down by the
 * services that let them do it.
 *
 * <p>Plain Java: no framework, no SQL, no HTTP.
 */
@NullMarked
package io.simplebank.application.audit;

import org.jspecify.annotations.NullMarked;
