/** Sessions over HTTP: logging in and out, and the tokens that it yields and that are renewed. */
@NullMarked
package io.simplebank.adapter.web.session;

import org.jspecify.annotations.NullMarked;
