package io.simplebank.domain.session;

/** What presenting a refresh token comes to. */
public sealed interface Renewal {
  /**
   * The token is good.
   *
   * @param session the session after it, to be kept
   * @param nextGeneration the generation of the token that it brings
   */
  record Renewed(Session session, int nextGeneration) implements Renewal {}

  /**
   * The token is dead: somebody else has used its successor.
   *
   * @param session the session, now ended, to be kept
   */
  record Reused(Session session) implements Renewal {}

  /** The session has expired or was ended. */
  record Over() implements Renewal {}
}
