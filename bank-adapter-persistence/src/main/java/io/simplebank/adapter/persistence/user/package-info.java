/** Users as rows of PostgreSQL. */
@NullMarked
package io.simplebank.adapter.persistence.user;

import org.jspecify.annotations.NullMarked;
