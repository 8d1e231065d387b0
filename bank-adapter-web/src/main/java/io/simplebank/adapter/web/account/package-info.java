/** Accounts over HTTP. */
@NullMarked
package io.simplebank.adapter.web.account;

import org.jspecify.annotations.NullMarked;
