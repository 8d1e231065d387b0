/** Users, e-mail verifications and the queue of their mails as rows of PostgreSQL. */
@NullMarked
package io.simplebank.adapter.persistence.user;

import org.jspecify.annotations.NullMarked;
