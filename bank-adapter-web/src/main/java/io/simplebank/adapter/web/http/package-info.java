/**
 * What holds for every request and answer, whatever it is about: what it is called, where it comes
 * from, from which origins browsers may send it, how slow and how large it may be, and the headers
 * that keep browsers and caches from harm.
 */
@NullMarked
package io.simplebank.adapter.web.http;

import org.jspecify.annotations.NullMarked;
