/** Users over HTTP: registration, and who a request comes from. */
@NullMarked
package io.simplebank.adapter.web.user;

import org.jspecify.annotations.NullMarked;
