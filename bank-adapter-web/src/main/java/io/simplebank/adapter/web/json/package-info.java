/**
 * How request bodies are read: strictly by type, leniently by Content-Type, and with every wrong
 * field named at once.
 */
@NullMarked
package io.simplebank.adapter.web.json;

import org.jspecify.annotations.NullMarked;
