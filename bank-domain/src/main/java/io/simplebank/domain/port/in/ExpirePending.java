package io.simplebank.domain.port.in;

/**
 * The bank itself writes down which pending transfers have expired. Nobody waits for that: every
 * rule and every view has seen them as expired from their time on.
 */
public interface ExpirePending {
  /**
   * Writes down a portion of them.
   *
   * @return whether there may be more
   */
  boolean expireSome();
}
