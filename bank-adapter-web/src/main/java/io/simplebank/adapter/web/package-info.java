/** What all of the web adapter shares. */
@NullMarked
package io.simplebank.adapter.web;

import org.jspecify.annotations.NullMarked;
