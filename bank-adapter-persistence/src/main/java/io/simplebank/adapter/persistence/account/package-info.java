/** Accounts as rows of PostgreSQL, apart from what transfers do to them. */
@NullMarked
package io.simplebank.adapter.persistence.account;

import org.jspecify.annotations.NullMarked;
