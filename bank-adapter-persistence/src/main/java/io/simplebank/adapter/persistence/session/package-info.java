/** Sessions, their refresh tokens and failed logins as rows of PostgreSQL. */
@NullMarked
package io.simplebank.adapter.persistence.session;

import org.jspecify.annotations.NullMarked;
