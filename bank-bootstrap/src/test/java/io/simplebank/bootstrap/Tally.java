package io.simplebank.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the bank has acknowledged, as its clients remember it. What must stand on the accounts is
 * added up from what was asked for, and nothing of it is asked of the bank.
 */
final class Tally {
  /** No transfer has this number. */
  static final long NONE = 0;

  /** Stands for the amount that whoever gives back "the rest" does not name. */
  private static final long THE_REST = 0;

  /**
   * One transfer.
   *
   * @param expiresIn after how many seconds what is set aside is released; 0 where it moved at once
   * @param settles the pending transfer, or {@link #NONE}
   * @param reverses the original, or {@link #NONE}
   */
  record Told(long from, long to, long amount, long expiresIn, long settles, long reverses) {
    Told(long from, long to, long amount) {
      this(from, to, amount, 0, NONE, NONE);
    }

    boolean isPending() {
      return expiresIn > 0;
    }
  }

  private final Map<Long, Told> transfers = new ConcurrentHashMap<>();
  private final Map<Long, String> resolutions = new ConcurrentHashMap<>();
  private final Map<Long, Integer> freezes = new ConcurrentHashMap<>();
  private final Set<Long> closed = ConcurrentHashMap.newKeySet();
  private final Map<Long, Set<Long>> overdraftLimits = new ConcurrentHashMap<>();

  void made(long id, Told transfer) {
    assertThat(transfers.putIfAbsent(id, transfer)).as("made twice: transfer %s", id).isNull();
  }

  /** What is settled is what was asked for, or all that was set aside. */
  void settled(long pending, long id, long amount) {
    resolved(pending, "posted");
    Told setAside = told(pending);
    made(id, new Told(setAside.from(), setAside.to(), amount, 0, pending, NONE));
  }

  void voided(long pending) {
    resolved(pending, "voided");
  }

  private void resolved(long pending, String how) {
    assertThat(resolutions.putIfAbsent(pending, how)).as("resolved twice: %s", pending).isNull();
  }

  void reversed(long original, long id, long amount) {
    Told moved = told(original);
    made(id, new Told(moved.to(), moved.from(), amount, 0, NONE, original));
  }

  void reversedTheRest(long original, long id) {
    reversed(original, id, THE_REST);
  }

  void frozen(long account) {
    freezes.merge(account, 1, Integer::sum);
  }

  void unfrozen(long account) {
    freezes.merge(account, -1, Integer::sum);
  }

  void closed(long account) {
    assertThat(closed.add(account)).as("closed twice: account %s", account).isTrue();
  }

  void limited(long account, long overdraftLimit) {
    overdraftLimits
        .computeIfAbsent(account, unlimited -> ConcurrentHashMap.newKeySet())
        .add(overdraftLimit);
  }

  Told told(long id) {
    return Objects.requireNonNull(transfers.get(id), "transfer");
  }

  /** What must have become of a pending transfer of which nobody was told that it was resolved. */
  Map<Long, Told> unresolved() {
    Map<Long, Told> unresolved = new HashMap<>();
    transfers.forEach(
        (id, transfer) -> {
          if (transfer.isPending() && !resolutions.containsKey(id)) {
            unresolved.put(id, transfer);
          }
        });
    return unresolved;
  }

  /**
   * All transfers as they must be in the books when all are answered, by number.
   *
   * @param expired those of the {@link #unresolved} whose time has come
   */
  Map<Long, String> books(Set<Long> expired) {
    Map<Long, String> books = new HashMap<>();
    completed()
        .forEach(
            (id, transfer) -> {
              String status = transfer.isPending() ? "pending" : "posted";
              if (expired.contains(id)) {
                status = "expired";
              }
              books.put(id, line(transfer, resolutions.getOrDefault(id, status)));
            });
    return books;
  }

  static String line(Told transfer, String status) {
    return "%s: %d from %d to %d, settles %d, reverses %d"
        .formatted(
            status,
            transfer.amount(),
            transfer.from(),
            transfer.to(),
            transfer.settles(),
            transfer.reverses());
  }

  /** What must stand on each account. */
  Map<Long, Long> balances() {
    Map<Long, Long> balances = new HashMap<>();
    for (Told transfer : completed().values()) {
      if (!transfer.isPending()) {
        balances.merge(transfer.from(), -transfer.amount(), Long::sum);
        balances.merge(transfer.to(), transfer.amount(), Long::sum);
      }
    }
    return balances;
  }

  /** What must be set aside on each account. */
  Map<Long, Long> pendingDebits(Set<Long> expired) {
    Map<Long, Long> pendingDebits = new HashMap<>();
    unresolved()
        .forEach(
            (id, transfer) -> {
              if (!expired.contains(id)) {
                pendingDebits.merge(transfer.from(), transfer.amount(), Long::sum);
              }
            });
    return pendingDebits;
  }

  String status(long account) {
    if (closed.contains(account)) {
      return "closed";
    }
    int frozen = freezes.getOrDefault(account, 0);
    assertThat(frozen).as("freezes not undone of account %s", account).isBetween(0, 1);
    return frozen == 1 ? "frozen" : "open";
  }

  /** Those of which the last one holds: which that is, several who set them at once do not know. */
  Set<Long> overdraftLimits(long account) {
    return overdraftLimits.getOrDefault(account, Set.of(0L));
  }

  /** With the amounts that were not named: when the rest is given back, it is all there was. */
  private Map<Long, Told> completed() {
    Map<Long, Long> parts = new HashMap<>();
    Set<Long> givenBack = new HashSet<>();
    for (Told transfer : transfers.values()) {
      if (transfer.reverses() != NONE) {
        parts.merge(transfer.reverses(), transfer.amount(), Long::sum);
        if (transfer.amount() == THE_REST) {
          assertThat(givenBack.add(transfer.reverses()))
              .as("the rest given back twice: of %s", transfer.reverses())
              .isTrue();
        }
      }
    }
    Map<Long, Told> completed = new HashMap<>(transfers);
    completed.replaceAll(
        (id, transfer) -> {
          if (transfer.reverses() == NONE) {
            return transfer;
          }
          long rest =
              told(transfer.reverses()).amount() - parts.getOrDefault(transfer.reverses(), 0L);
          assertThat(rest).as("left of %s", transfer.reverses()).isNotNegative();
          return transfer.amount() == THE_REST
              ? new Told(transfer.from(), transfer.to(), rest, 0, NONE, transfer.reverses())
              : transfer;
        });
    return completed;
  }
}
