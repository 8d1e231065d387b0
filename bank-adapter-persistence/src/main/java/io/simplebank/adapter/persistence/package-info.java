/**
 * The outbound ports on PostgreSQL: the transaction boundary and the connection settings. Each
 * subject's rows and SQL live in the package of its name below this one.
 *
 * <p>Depends on the domain alone; nothing outside sees a row or a table.
 */
@NullMarked
package io.simplebank.adapter.persistence;

import org.jspecify.annotations.NullMarked;
