package io.simplebank.domain.audit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was found so far: how many of each sort, and the first {@value #SHOWN} of it, so that a
 * ledger that is all wrong fills no memory.
 *
 * <p>Not safe for use by several threads.
 */
public final class Findings {
  /** How many findings of a sort are kept. */
  public static final int SHOWN = 100;

  private final Map<String, Long> counts = new TreeMap<>();
  private final List<Finding> shown = new ArrayList<>();

  /** Nothing yet. */
  public Findings() {}

  /** One more. */
  public void add(Finding finding) {
    if (counts.merge(finding.code(), 1L, Long::sum) <= SHOWN) {
      shown.add(finding);
    }
  }

  /**
   * All that there are of a sort, of which none was added before.
   *
   * @param first those that somebody may want to see, {@value #SHOWN} at most
   * @param count how many there are
   */
  public void add(Collection<? extends Finding> first, long count) {
    first.forEach(this::add);
    first.forEach(finding -> counts.put(finding.code(), count));
  }

  /** Whether nothing was found. */
  public boolean isEmpty() {
    return counts.isEmpty();
  }

  /** How many there are of each sort that there is, by its {@link Finding#code}. */
  public Map<String, Long> counts() {
    return Collections.unmodifiableMap(counts);
  }

  /** The first of each sort. */
  public List<Finding> shown() {
    return Collections.unmodifiableList(shown);
  }
}
