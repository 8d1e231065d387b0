/** Keys by which clients repeat a request, and the answers that they lost, over HTTP. */
@NullMarked
package io.simplebank.adapter.web.idempotency;

import org.jspecify.annotations.NullMarked;
