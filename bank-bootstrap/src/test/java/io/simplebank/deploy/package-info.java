/**
 * Keeps deploy/ and .github/ true: what they say about the bank is checked against the bank, and
 * what they say to Docker, Kubernetes and GitHub against what those understand. Needs no Docker and
 * no cluster. Of the bank's own code nothing is used here but its main class, as a process.
 */
@NullMarked
package io.simplebank.deploy;

import org.jspecify.annotations.NullMarked;
