/**
 * The record of what was done at the bank, by whom and from where, beside the ledger itself.
 *
 * <p>It is written in the transaction of what it records and never changed. No secret goes in.
 */
@NullMarked
package io.simplebank.domain.audit;

import org.jspecify.annotations.NullMarked;
