/** The audit log as rows of PostgreSQL, which are added and never changed. */
@NullMarked
package io.simplebank.adapter.persistence.audit;

import org.jspecify.annotations.NullMarked;
