/**
 * Which access tokens (JWT, RFC 7519) are good: the keys that sign them, and what they must say.
 *
 * <p>Neither a secret nor a private key leaves this package.
 */
@NullMarked
package io.simplebank.adapter.web.security;

import org.jspecify.annotations.NullMarked;
