package io.simplebank.domain.transfer;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.idempotency.IdempotencyKey;
import io.simplebank.domain.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides orders one after the other over a set of accounts that nobody else can change meanwhile.
 * Each order sees the effects of those before it; a declined one has none. Before the first, what
 * was set aside until now or earlier is released, so that every rule sees transfers expire exactly
 * at their time. What is to be written in the end is collected in {@link #postings}, {@link
 * #heldOrders}, {@link #resolutions} and {@link #changedAccounts}.
 *
 * <p>Not safe for use by several threads.
 */
public final class LedgerBatch {
  private final Map<AccountId, Account> accounts = new HashMap<>();
  private final Map<AccountId, Account> changed = new LinkedHashMap<>();
  private final List<PostedTransfer> postings = new ArrayList<>();
  private final List<PostedOrder> orders = new ArrayList<>();
  private final List<HeldOrder> heldOrders = new ArrayList<>();
  private final List<Resolution> resolutions = new ArrayList<>();
  private final Map<TransferId, Transfer> pendings = new HashMap<>();
  private final Map<TransferId, Long> reversed;
  private final Numbering numbering;
  private final Instant time;
  private @Nullable IdempotencyKey key;

  /**
   * A batch of orders that name no earlier transfers.
   *
   * @param lockedAccounts every existing account that an order of this batch names, as it stands
   *     under its lock
   * @param numbering where numbers come from
   * @param now the time, read after the accounts were locked
   */
  public LedgerBatch(Collection<Account> lockedAccounts, Numbering numbering, Instant now) {
    this(lockedAccounts, Map.of(), List.of(), numbering, now);
  }

  /**
   * @param lockedAccounts every existing account that an order of this batch names, as it stands
   *     under its lock
   * @param reversed for each transfer that an order of this batch names, how many minor units of it
   *     have been reversed; read after the accounts were locked. What is not there is nothing
   * @param pendings the transfers once made pending that an order of this batch names, and all that
   *     are still pending on one of these accounts and expire at {@link #timeOf} now or earlier;
   *     read after the accounts were locked
   * @param numbering where numbers come from
   * @param now the time, read after the accounts were locked
   */
  public LedgerBatch(
      Collection<Account> lockedAccounts,
      Map<TransferId, Long> reversed,
      Collection<Transfer> pendings,
      Numbering numbering,
      Instant now) {
    this.reversed = new HashMap<>(reversed);
    this.numbering = numbering;
    this.time = timeOf(lockedAccounts, now);
    // What has left an account is counted by the day, and the rules know no clock.
    lockedAccounts.forEach(account -> accounts.put(account.id(), account.asOf(time)));
    for (Transfer pending : pendings) {
      this.pendings.put(pending.id(), pending);
      Account payer = accounts.get(pending.from());
      // Without the lock of its payer it is not this batch's to resolve, and the rules say so.
      if (payer != null && pending.asOf(time).status() != pending.status()) {
        keep(payer.withReleased(pending.amount(), time));
        resolve(pending, new Resolution(pending.id(), TransferStatus.EXPIRED, time));
      }
    }
  }

  /**
   * The time of a batch over those accounts: now, unless the clock of another server is ahead. What
   * happens on an account is dated in its order.
   */
  public static Instant timeOf(Collection<Account> lockedAccounts, Instant now) {
    return lockedAccounts.stream()
        .map(Account::lastPostedAt)
        .reduce(now, (latest, at) -> at.isAfter(latest) ? at : latest);
  }

  /**
   * Decides what was asked for under a client's key, which is written down with what is posted.
   *
   * @param decision calls {@link #post}, {@link #postAllOrNone}, {@link #reverse} or {@link
   *     #release}
   */
  public <T> T under(IdempotencyKey clientsKey, Supplier<T> decision) {
    key = clientsKey;
    try {
      return decision.get();
    } finally {
      key = null;
    }
  }

  /**
   * Decides one order, and takes its effects into account for the next.
   *
   * @throws IllegalArgumentException for a movement that names an earlier transfer, and needs it
   */
  public TransferOutcome post(TransferOrder order) {
    return switch (order.kind()) {
      case TRANSFER, DEPOSIT, WITHDRAWAL -> post(order, null);
      case REVERSAL, POST_PENDING ->
          throw new IllegalArgumentException("ordered by itself: " + order.kind());
    };
  }

  /**
   * Decides orders that are to be posted together or not at all. Each sees the effects of those
   * before it; when one is declined, none has any, and the others are declined on its account.
   *
   * @return one outcome for each order, in their order
   * @throws IllegalArgumentException for a movement that names an earlier transfer, and needs it
   */
  public List<TransferOutcome> postAllOrNone(List<TransferOrder> orders) {
    Map<AccountId, Account> accountsBefore = new HashMap<>(accounts);
    Map<AccountId, Account> changedBefore = new LinkedHashMap<>(changed);
    int postingsBefore = postings.size();
    int heldBefore = heldOrders.size();
    List<TransferOutcome> outcomes = new ArrayList<>(orders.size());
    for (TransferOrder order : orders) {
      TransferOutcome outcome = post(order);
      if (outcome instanceof TransferOutcome.Declined) {
        accounts.putAll(accountsBefore);
        changed.clear();
        changed.putAll(changedBefore);
        postings.subList(postingsBefore, postings.size()).clear();
        this.orders.subList(postingsBefore, this.orders.size()).clear();
        heldOrders.subList(heldBefore, heldOrders.size()).clear();
        TransferOutcome declined =
            new TransferOutcome.Declined(new Decline.BatchDeclined(outcomes.size()));
        List<TransferOutcome> all = new ArrayList<>(Collections.nCopies(orders.size(), declined));
        all.set(outcomes.size(), outcome);
        return all;
      }
      outcomes.add(outcome);
    }
    return outcomes;
  }

  /** Decides a reversal, and takes its effects into account for the next order. */
  public TransferOutcome reverse(ReversalOrder order) {
    Transfer original = order.original();
    long before = reversed.getOrDefault(original.id(), 0L);
    Money left = original.amount().minus(new Money(before, original.amount().currency()));
    Optional<Decline> objection =
        ReversalRule.firstObjection(
            order, accounts.get(original.from()), accounts.get(original.to()), left);
    if (objection.isPresent()) {
      return new TransferOutcome.Declined(objection.get());
    }
    TransferOrder movement = order.movement(left);
    TransferOutcome outcome = post(movement, original.id());
    if (outcome instanceof TransferOutcome.Posted) {
      reversed.put(original.id(), before + movement.amount().minorUnits());
    }
    return outcome;
  }

  /**
   * Decides whether a pending transfer is settled, and takes the effects into account for the next
   * order.
   *
   * @throws IllegalStateException when the batch was not given the pending transfer
   */
  public TransferOutcome post(PostOrder order) {
    Transfer pending = current(order.pending());
    Account payer = accounts.get(pending.from());
    Account recipient = accounts.get(pending.to());
    Optional<Decline> objection = PendingRule.firstObjection(order, pending, payer, recipient);
    if (objection.isPresent()) {
      return new TransferOutcome.Declined(objection.get());
    }
    // Kept only if no other rule objects: what was set aside is what pays.
    Account payerReleased = present(payer).withReleased(pending.amount(), time);
    TransferOrder movement = order.movement();
    return TransferRule.firstObjection(movement, payerReleased, recipient)
        .<TransferOutcome>map(TransferOutcome.Declined::new)
        .orElseGet(
            () -> {
              resolve(pending, new Resolution(pending.id(), TransferStatus.POSTED, time));
              return book(movement, null, pending.id(), payerReleased, present(recipient));
            });
  }

  /**
   * Decides whether what is set aside for a pending transfer is released, and takes the effects
   * into account for the next order.
   *
   * @throws IllegalStateException when the batch was not given the pending transfer
   */
  public TransferOutcome release(VoidOrder order) {
    Transfer pending = current(order.pending());
    Account payer = accounts.get(pending.from());
    Account recipient = accounts.get(pending.to());
    Optional<Decline> objection = PendingRule.firstObjection(order, pending, payer, recipient);
    if (objection.isPresent()) {
      return new TransferOutcome.Declined(objection.get());
    }
    Account payerReleased = present(payer).withReleased(pending.amount(), time);
    keep(payerReleased);
    Transfer voided =
        resolve(
            pending,
            new Resolution(pending.id(), TransferStatus.VOIDED, time, order.orderedBy(), key));
    return new TransferOutcome.Voided(new Hold(voided, payerReleased, present(recipient)));
  }

  /** The transfer that an order names, as it stands now. */
  private Transfer current(Transfer named) {
    Transfer current = pendings.get(named.id());
    if (current == null && named.wasMadePending()) {
      throw new IllegalStateException("the batch was not told of transfer " + named.id().value());
    }
    return current == null ? named : current;
  }

  private Transfer resolve(Transfer pending, Resolution resolution) {
    Transfer resolved = pending.becoming(resolution.outcome());
    pendings.put(resolved.id(), resolved);
    resolutions.add(resolution);
    return resolved;
  }

  private TransferOutcome post(TransferOrder order, @Nullable TransferId reverses) {
    Account from = accounts.get(order.from());
    Account to = accounts.get(order.to());
    Optional<Decline> objection = TransferRule.firstObjection(order, from, to);
    if (objection.isPresent()) {
      return new TransferOutcome.Declined(objection.get());
    }
    Duration pendingFor = order.pendingFor();
    return pendingFor == null
        ? book(order, reverses, null, present(from), present(to))
        : setAside(order, pendingFor, present(from), present(to));
  }

  private static Account present(@Nullable Account account) {
    if (account == null) {
      throw new IllegalStateException("the rules have let a missing account pass");
    }
    return account;
  }

  /** The time of everything in this batch. */
  public Instant time() {
    return time;
  }

  /** The transfers posted so far, in order. */
  public List<PostedTransfer> postings() {
    return Collections.unmodifiableList(postings);
  }

  /** The same transfers, each with who ordered it. */
  public List<PostedOrder> orders() {
    return Collections.unmodifiableList(orders);
  }

  /** The orders for which money was set aside so far, in order. */
  public List<HeldOrder> heldOrders() {
    return Collections.unmodifiableList(heldOrders);
  }

  /** What became of pending transfers so far, in order. */
  public List<Resolution> resolutions() {
    return Collections.unmodifiableList(resolutions);
  }

  /** Whether there is anything to write. */
  public boolean hasChanges() {
    return !changed.isEmpty();
  }

  /** The accounts that any of this changed, as they stand after all of it. */
  public List<Account> changedAccounts() {
    return List.copyOf(changed.values());
  }

  private TransferOutcome setAside(
      TransferOrder order, Duration pendingFor, Account from, Account to) {
    Transfer pending =
        new Transfer(
            numbering.nextTransferId(),
            order.from(),
            order.to(),
            order.amount(),
            order.reference(),
            time,
            null,
            null,
            time.plus(pendingFor),
            TransferStatus.PENDING);
    // It counts as having left now: who settles it later is bound by no limit any more.
    Account fromAfter = from.spent(order.amount()).withSetAside(order.amount(), time);
    keep(fromAfter);
    heldOrders.add(new HeldOrder(order.orderedBy(), key, pending));
    return new TransferOutcome.Pending(new Hold(pending, fromAfter, to));
  }

  private TransferOutcome book(
      TransferOrder order,
      @Nullable TransferId reverses,
      @Nullable TransferId settles,
      Account from,
      Account to) {
    Transfer transfer =
        new Transfer(
            numbering.nextTransferId(),
            order.from(),
            order.to(),
            order.amount(),
            order.reference(),
            time,
            reverses,
            settles,
            null,
            TransferStatus.POSTED);
    Account spender = order.kind().countsAsSpending() ? from.spent(order.amount()) : from;
    Account fromAfter = spender.booked(order.amount().negated(), time);
    Account toAfter = to.booked(order.amount(), time);
    keep(fromAfter);
    keep(toAfter);
    PostedTransfer posting =
        new PostedTransfer(
            transfer,
            entry(transfer, order.amount().negated(), fromAfter),
            entry(transfer, order.amount(), toAfter),
            fromAfter,
            toAfter);
    postings.add(posting);
    orders.add(new PostedOrder(order.orderedBy(), key, posting));
    return new TransferOutcome.Posted(posting);
  }

  private void keep(Account account) {
    accounts.put(account.id(), account);
    changed.put(account.id(), account);
  }

  private Entry entry(Transfer transfer, Money amount, Account after) {
    return new Entry(
        numbering.nextEntryId(), after.id(), transfer.id(), amount, after.balance(), time);
  }
}
