/**
 * Remembered answers as rows of PostgreSQL. They are written by the ledger, with the money; here
 * they are read and dropped.
 */
@NullMarked
package io.simplebank.adapter.persistence.idempotency;

import org.jspecify.annotations.NullMarked;
