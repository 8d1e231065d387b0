/**
 * Measures the bank as people run it: the packaged jar, in a process of its own, over HTTP. Nothing
 * here is a test; {@code ./mvnw -Pbench} runs it.
 */
@NullMarked
package io.simplebank.bench;

import org.jspecify.annotations.NullMarked;
