package io.simplebank.adapter.web.security;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that were used of late and whom they name, so that the signature of each is checked
 * once and not with every request. Only what a token says by itself is kept here: whether it is
 * good now, and whether its session goes on, has to be asked each time.
 *
 * <p>There are two generations of them. When the younger is full, the older is forgotten; whoever
 * is used meanwhile moves over.
 */
final class KnownTokens {
  /** None of the bank's own is that long; those of others would take up too much room. */
  static final int LONGEST = 1024;

  private final int generation;
  private volatile Map<String, Bearer> younger = new ConcurrentHashMap<>();
  private volatile Map<String, Bearer> older = Map.of();

  /**
   * Knows none yet, and never more than two generations.
   *
   * @param generation how many tokens that is
   */
  KnownTokens(int generation) {
    this.generation = generation;
  }

  /** Whom that token names, if it is known. */
  Optional<Bearer> find(String token) {
    @Nullable Bearer bearer = younger.get(token);
    if (bearer == null) {
      bearer = older.get(token);
      if (bearer != null) {
        add(token, bearer);
      }
    }
    return Optional.ofNullable(bearer);
  }

  /** Remembers a token whose signature is good. */
  synchronized void add(String token, Bearer bearer) {
    if (token.length() > LONGEST) {
      return;
    }
    if (younger.size() >= generation) {
      older = younger;
      younger = new ConcurrentHashMap<>();
    }
    younger.put(token, bearer);
  }
}
