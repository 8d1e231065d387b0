/** Sessions over HTTP: logging in, and the access tokens that it yields. */
@NullMarked
package io.simplebank.adapter.web.session;

import org.jspecify.annotations.NullMarked;
