/** Currencies as clients write them. */
@NullMarked
package io.simplebank.adapter.web.money;

import org.jspecify.annotations.NullMarked;
