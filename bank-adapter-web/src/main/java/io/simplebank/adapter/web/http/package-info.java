/** What holds for every request, whatever it is about: where it comes from. */
@NullMarked
package io.simplebank.adapter.web.http;

import org.jspecify.annotations.NullMarked;
