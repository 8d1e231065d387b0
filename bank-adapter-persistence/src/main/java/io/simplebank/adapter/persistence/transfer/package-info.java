/** Transfers and entries as rows of PostgreSQL, and the set-based SQL that writes them. */
@NullMarked
package io.simplebank.adapter.persistence.transfer;

import org.jspecify.annotations.NullMarked;
