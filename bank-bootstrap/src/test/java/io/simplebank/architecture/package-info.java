/**
 * The architecture as rules over the classes of all modules. Below {@code fixture} live
 * deliberately bad classes, in packages that mimic the bank's, which prove that every rule catches
 * what it is for.
 */
@NullMarked
package io.simplebank.architecture;

import org.jspecify.annotations.NullMarked;
