/**
 * The small world in which the services are tested: stores in memory and a clock that stands still
 * until it is told to move on. Nothing but tests may use it.
 */
@NullMarked
package io.simplebank.application.world;

import org.jspecify.annotations.NullMarked;
