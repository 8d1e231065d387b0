/**
 * Users over HTTP: registration, what they see and change of themselves, the verification of their
 * address, what bankers do with them, and who a request comes from.
 */
@NullMarked
package io.simplebank.adapter.web.user;

import org.jspecify.annotations.NullMarked;
