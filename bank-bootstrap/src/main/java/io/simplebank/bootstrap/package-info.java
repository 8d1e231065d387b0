/**
 * The runnable bank: main, wiring and configuration. The only place that knows every module, and
 * the only one that reads the real clock.
 */
@NullMarked
package io.simplebank.bootstrap;

import org.jspecify.annotations.NullMarked;
