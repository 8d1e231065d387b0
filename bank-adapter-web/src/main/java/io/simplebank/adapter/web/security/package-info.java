/** Which access tokens (JWT, RFC 7519) are good, beyond what the framework knows of them. */
@NullMarked
package io.simplebank.adapter.web.security;

import org.jspecify.annotations.NullMarked;
