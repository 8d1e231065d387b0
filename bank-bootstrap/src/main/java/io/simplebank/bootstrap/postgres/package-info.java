/**
 * The PostgreSQL that the bank brings along: unpacked from its own jar, started as a child process
 * on a data directory that outlives it, for the bank that no database was configured for. Knows
 * nothing of the bank: no Micronaut, no schema, no SQL beyond creating an empty database.
 */
@org.jspecify.annotations.NullMarked
package io.simplebank.bootstrap.postgres;
