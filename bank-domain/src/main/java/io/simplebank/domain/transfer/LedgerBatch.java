package io.simplebank.domain.transfer;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.idempotency.IdempotencyKey;
import io.simplebank.domain.money.Money;
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
 * Each order sees the effects of those before it; a declined one has none. What is to be written in
 * the end is collected in {@link #postings} and {@link #changedAccounts}.
 *
 * <p>Not safe for use by several threads.
 */
public final class LedgerBatch {
  private final Map<AccountId, Account> accounts = new HashMap<>();
  private final Map<AccountId, Account> changed = new LinkedHashMap<>();
  private final List<PostedTransfer> postings = new ArrayList<>();
  private final List<PostedOrder> orders = new ArrayList<>();
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
    this(lockedAccounts, Map.of(), numbering, now);
  }

  /**
   * @param lockedAccounts every existing account that an order of this batch names, as it stands
   *     under its lock
   * @param reversed for each transfer that an order of this batch names, how many minor units of it
   *     have been reversed; read after the accounts were locked. What is not there is nothing
   * @param numbering where numbers come from
   * @param now the time, read after the accounts were locked
   */
  public LedgerBatch(
      Collection<Account> lockedAccounts,
      Map<TransferId, Long> reversed,
      Numbering numbering,
      Instant now) {
    this.reversed = new HashMap<>(reversed);
    this.numbering = numbering;
    Instant latest = now;
    for (Account account : lockedAccounts) {
      accounts.put(account.id(), account);
      // Another server's clock may be ahead: an account's entries are dated in their order.
      if (account.lastPostedAt().isAfter(latest)) {
        latest = account.lastPostedAt();
      }
    }
    this.time = latest;
    // What has left an account is counted by the day, and the rules know no clock.
    accounts.replaceAll((id, account) -> account.asOf(time));
  }

  /**
   * Decides what was asked for under a client's key, which is written down with what is posted.
   *
   * @param decision calls {@link #post}, {@link #postAllOrNone} or {@link #reverse}
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
   * @throws IllegalArgumentException for the movement of a reversal, which needs its original
   */
  public TransferOutcome post(TransferOrder order) {
    if (order.kind() == TransferOrder.Kind.REVERSAL) {
      throw new IllegalArgumentException("a reversal is ordered as a reversal");
    }
    return post(order, null);
  }

  /**
   * Decides orders that are to be posted together or not at all. Each sees the effects of those
   * before it; when one is declined, none has any, and the others are declined on its account.
   *
   * @return one outcome for each order, in their order
   * @throws IllegalArgumentException for the movement of a reversal, which needs its original
   */
  public List<TransferOutcome> postAllOrNone(List<TransferOrder> orders) {
    Map<AccountId, Account> accountsBefore = new HashMap<>(accounts);
    Map<AccountId, Account> changedBefore = new LinkedHashMap<>(changed);
    int postingsBefore = postings.size();
    List<TransferOutcome> outcomes = new ArrayList<>(orders.size());
    for (TransferOrder order : orders) {
      TransferOutcome outcome = post(order);
      if (outcome instanceof TransferOutcome.Declined) {
        accounts.putAll(accountsBefore);
        changed.clear();
        changed.putAll(changedBefore);
        postings.subList(postingsBefore, postings.size()).clear();
        this.orders.subList(postingsBefore, this.orders.size()).clear();
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

  private TransferOutcome post(TransferOrder order, @Nullable TransferId reverses) {
    Account from = accounts.get(order.from());
    Account to = accounts.get(order.to());
    Optional<Decline> objection = TransferRule.firstObjection(order, from, to);
    if (objection.isPresent()) {
      return new TransferOutcome.Declined(objection.get());
    }
    if (from == null || to == null) {
      throw new IllegalStateException("the rules have let a missing account pass");
    }
    PostedTransfer posting = book(order, reverses, from, to);
    postings.add(posting);
    orders.add(new PostedOrder(order.orderedBy(), key, posting));
    return new TransferOutcome.Posted(posting);
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

  /** The accounts that the postings changed, as they stand after all of them. */
  public List<Account> changedAccounts() {
    return List.copyOf(changed.values());
  }

  private PostedTransfer book(
      TransferOrder order, @Nullable TransferId reverses, Account from, Account to) {
    Transfer transfer =
        new Transfer(
            numbering.nextTransferId(),
            order.from(),
            order.to(),
            order.amount(),
            order.reference(),
            time,
            reverses);
    Account spender = order.kind().countsAsSpending() ? from.spent(order.amount()) : from;
    Account fromAfter = spender.booked(order.amount().negated(), time);
    Account toAfter = to.booked(order.amount(), time);
    keep(fromAfter);
    keep(toAfter);
    return new PostedTransfer(
        transfer,
        entry(transfer, order.amount().negated(), fromAfter),
        entry(transfer, order.amount(), toAfter),
        fromAfter,
        toAfter);
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
