/**
 * How the bank says no over HTTP: problem details (RFC 9457), for its own refusals and for every
 * error that the framework raises.
 *
 * <p>No answer carries a stack trace, SQL or a class name.
 */
@NullMarked
package io.simplebank.adapter.web.problem;

import org.jspecify.annotations.NullMarked;
