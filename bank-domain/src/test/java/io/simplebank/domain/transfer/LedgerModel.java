package io.simplebank.domain.transfer;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.AccountStatus;
import io.simplebank.domain.account.Owner;
import io.simplebank.domain.account.StatusChange;
import io.simplebank.domain.transfer.TransferOrder.Kind;
import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.Role;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The ledger once more, written down as naively as possible and without any of the production rules
 * or arithmetic, for the real one to be compared with. A rule that changes must be changed here by
 * hand, from its description, not by copying.
 */
final class LedgerModel {
  private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

  /** What an order comes to when nothing speaks against it. */
  static final String POSTED = "Posted";

  /** What a change of a status comes to when nothing speaks against it. */
  static final String CHANGED = "Changed";

  /** What an order comes to whose money is set aside when nothing speaks against it. */
  static final String PENDING = "Pending";

  /** What an order to release money comes to when nothing speaks against it. */
  static final String VOIDED = "Voided";

  /** What stands for a transfer that reverses or settles no other. */
  static final int NONE = -1;

  /**
   * A transfer that was posted.
   *
   * @param left what was left on the account that paid
   * @param right what was then on the account that received
   * @param reverses the number of the transfer of which it gives something back, or {@link #NONE}
   * @param settles the number of the pending transfer that it settles, or {@link #NONE}
   */
  record Moved(
      AccountId from,
      AccountId to,
      BigInteger amount,
      BigInteger left,
      BigInteger right,
      int reverses,
      int settles) {}

  /** A transfer that was made pending. */
  static final class Waiting {
    final AccountId from;
    final AccountId to;
    final BigInteger amount;
    final Instant end;
    TransferStatus became = TransferStatus.PENDING;

    Waiting(AccountId from, AccountId to, BigInteger amount, Instant end) {
      this.from = from;
      this.to = to;
      this.amount = amount;
      this.end = end;
    }
  }

  /** What of a row changes. */
  private record Figures(BigInteger balance, BigInteger pending, Instant last) {}

  /** What an owner has ordered away, and when. */
  private record Spent(LocalDate day, BigInteger amount) {}

  private static final class Row {
    private final String owner;
    private final boolean bank;
    private final String currency;
    private final List<Spent> spent = new ArrayList<>();
    private boolean pays;
    private boolean receives;
    private BigInteger overdraft;
    private BigInteger balance;
    private BigInteger pending;
    private Instant last;
    private Optional<Long> perTransfer = Optional.empty();
    private Optional<Long> perDay = Optional.empty();
    private Optional<Long> perMonth = Optional.empty();

    Row(Account account) {
      owner =
          switch (account.owner()) {
            case Owner.Customer customer -> customer.username().value();
            case Owner.Bank() -> "";
          };
      bank = owner.isEmpty();
      currency = account.currency().getCurrencyCode();
      pays = account.status() == AccountStatus.OPEN;
      receives = account.status() == AccountStatus.OPEN || account.status() == AccountStatus.FROZEN;
      balance = BigInteger.valueOf(account.balance().minorUnits());
      overdraft = BigInteger.valueOf(account.overdraftLimit().minorUnits());
      pending = BigInteger.valueOf(account.pendingDebits().minorUnits());
      last = account.lastPostedAt();
    }

    BigInteger spentOn(LocalDate day) {
      return sum(spend -> spend.day().equals(day));
    }

    BigInteger spentInMonthOf(LocalDate day) {
      return sum(
          spend ->
              spend.day().getYear() == day.getYear() && spend.day().getMonth() == day.getMonth());
    }

    private BigInteger sum(Predicate<Spent> counted) {
      return spent.stream()
          .filter(counted)
          .map(Spent::amount)
          .reduce(BigInteger.ZERO, BigInteger::add);
    }

    boolean countable(BigInteger newBalance) {
      return fits(newBalance)
          && fits(newBalance.add(overdraft))
          && fits(newBalance.add(overdraft).subtract(pending));
    }

    static boolean fits(BigInteger number) {
      return number.compareTo(LEAST) >= 0 && number.compareTo(MOST) <= 0;
    }

    boolean covers(BigInteger amount) {
      return bank || balance.add(overdraft).subtract(pending).compareTo(amount) >= 0;
    }

    Figures figures() {
      return new Figures(balance, pending, last);
    }

    void set(Figures figures) {
      balance = figures.balance();
      pending = figures.pending();
      last = figures.last();
    }
  }

  private final Map<AccountId, Row> rows = new HashMap<>();
  private final List<Moved> moved = new ArrayList<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private Instant time = Instant.EPOCH;
  private final Map<String, String> bodies = new HashMap<>();
  private final Map<String, String> answers = new HashMap<>();

  /** Takes an account on, as it stands. */
  void open(Account account) {
    rows.put(account.id(), new Row(account));
  }

  /** Has a banker change a status, and says {@link #CHANGED} or the name of the refusal. */
  String change(AccountId id, StatusChange change) {
    Row row = row(id);
    if (row.bank) {
      return "AccountNotFound";
    }
    boolean possible =
        switch (change) {
          case FREEZE -> row.pays;
          case UNFREEZE -> row.receives && !row.pays;
          case CLOSE -> row.receives;
        };
    if (!possible) {
      return "WrongStatus";
    }
    if (change == StatusChange.CLOSE && row.balance.signum() != 0) {
      return "NotEmpty";
    }
    if (change == StatusChange.CLOSE && row.pending.signum() != 0) {
      return "DebitsPending";
    }
    row.pays = change == StatusChange.UNFREEZE;
    row.receives = change != StatusChange.CLOSE;
    return CHANGED;
  }

  /** Has a banker set limits, and says whether it may be. */
  boolean limit(
      AccountId id,
      long overdraft,
      Optional<Long> perTransfer,
      Optional<Long> perDay,
      Optional<Long> perMonth) {
    Row row = row(id);
    BigInteger most = row.balance.add(BigInteger.valueOf(overdraft));
    if (most.compareTo(row.pending) < 0 || !Row.fits(most)) {
      return false;
    }
    row.overdraft = BigInteger.valueOf(overdraft);
    row.perTransfer = perTransfer;
    row.perDay = perDay;
    row.perMonth = perMonth;
    return true;
  }

  /**
   * Begins to ask for several things at once: what has expired on an account that they touch is
   * released first. The time is never before anything that happened on one of these accounts.
   */
  void begin(Collection<AccountId> touched, Instant clock) {
    time = clock;
    for (AccountId id : touched) {
      if (rows.containsKey(id) && row(id).last.isAfter(time)) {
        time = row(id).last;
      }
    }
    for (Waiting one : waiting) {
      if (one.became == TransferStatus.PENDING
          && touched.contains(one.from)
          && time.compareTo(one.end) >= 0) {
        release(one, TransferStatus.EXPIRED);
      }
    }
  }

  private void release(Waiting one, TransferStatus becomes) {
    Row from = row(one.from);
    from.pending = from.pending.subtract(one.amount);
    from.last = time;
    one.became = becomes;
  }

  /**
   * Carries the order out if it may be, and says {@link #POSTED}, {@link #PENDING} or the name of
   * the decline.
   */
  String post(TransferOrder order) {
    boolean cash = order.kind() != Kind.TRANSFER;
    BigInteger amount = BigInteger.valueOf(order.amount().minorUnits());
    if (cash && order.orderedBy().role() != Role.BANKER) {
      return "BankersOnly";
    }
    if (amount.signum() < 1) {
      return "AmountNotPositive";
    }
    if (order.from().value() == order.to().value()) {
      return "SameAccount";
    }
    Row from = rows.get(order.from());
    Row to = rows.get(order.to());
    if (from == null || to == null) {
      return "AccountNotFound";
    }
    if (order.kind() == Kind.DEPOSIT && !(from.bank && !to.bank)) {
      return "AccountNotFound";
    }
    if (order.kind() == Kind.WITHDRAWAL && !(!from.bank && to.bank)) {
      return "AccountNotFound";
    }
    if (!cash && (!from.owner.equals(order.orderedBy().username().value()) || to.bank)) {
      return "AccountNotFound";
    }
    if (!from.pays || !to.receives) {
      return "AccountNotOpen";
    }
    String currency = order.amount().currency().getCurrencyCode();
    if (!from.currency.equals(currency) || !to.currency.equals(currency)) {
      return "CurrencyMismatch";
    }
    if (!from.bank
        && (isMore(amount, from.perTransfer)
            || isMore(from.spentOn(today()).add(amount), from.perDay)
            || isMore(from.spentInMonthOf(today()).add(amount), from.perMonth))) {
      return "LimitExceeded";
    }
    String result =
        order.pendingFor() == null
            ? move(order.from(), order.to(), amount, NONE, NONE)
            : setAside(order.from(), order.to(), amount, order.pendingFor());
    if (!from.bank && (result.equals(POSTED) || result.equals(PENDING))) {
      from.spent.add(new Spent(today(), amount));
    }
    return result;
  }

  private String setAside(
      AccountId fromId, AccountId toId, BigInteger amount, Duration pendingFor) {
    Row from = row(fromId);
    Row to = row(toId);
    if (!from.covers(amount)) {
      return "InsufficientFunds";
    }
    if (!to.countable(to.balance.add(amount))) {
      return "BalanceOverflow";
    }
    from.pending = from.pending.add(amount);
    from.last = time;
    waiting.add(new Waiting(fromId, toId, amount, time.plus(pendingFor)));
    return PENDING;
  }

  private LocalDate today() {
    return time.atOffset(ZoneOffset.UTC).toLocalDate();
  }

  private static boolean isMore(BigInteger amount, Optional<Long> most) {
    return most.filter(limit -> amount.compareTo(BigInteger.valueOf(limit)) > 0).isPresent();
  }

  /** Carries all orders out or none, and says for each what comes of it. */
  List<String> postAllOrNone(List<TransferOrder> orders) {
    Map<AccountId, Figures> before = new HashMap<>();
    rows.forEach((id, row) -> before.put(id, row.figures()));
    Map<AccountId, List<Spent>> spent = new HashMap<>();
    rows.forEach((id, row) -> spent.put(id, List.copyOf(row.spent)));
    int movedBefore = moved.size();
    int waitingBefore = waiting.size();
    List<String> results = new ArrayList<>();
    for (TransferOrder order : orders) {
      results.add(post(order));
    }
    for (int i = 0; i < results.size(); i++) {
      if (!results.get(i).equals(POSTED) && !results.get(i).equals(PENDING)) {
        rows.forEach((id, row) -> row.set(before.getOrDefault(id, row.figures())));
        while (waiting.size() > waitingBefore) {
          waiting.removeLast();
        }
        rows.forEach(
            (id, row) -> {
              row.spent.clear();
              row.spent.addAll(spent.getOrDefault(id, List.of()));
            });
        while (moved.size() > movedBefore) {
          moved.removeLast();
        }
        List<String> declined = new ArrayList<>();
        for (int j = 0; j < results.size(); j++) {
          declined.add(j == i ? results.get(i) : "BatchDeclined");
        }
        return declined;
      }
    }
    return results;
  }

  /**
   * Gives back what that transfer has moved, if it may be, and says {@link #POSTED} or the name of
   * the decline.
   *
   * @param number which of the transfers that the model has posted, in their order
   * @param wanted how much; everything that is left when nothing is said
   */
  String reverse(int number, Caller caller, Optional<Long> wanted) {
    Moved original = moved.get(number);
    Row payer = row(original.from());
    Row recipient = row(original.to());
    boolean banker = caller.role() == Role.BANKER;
    boolean paid = payer.owner.equals(caller.username().value());
    boolean received = recipient.owner.equals(caller.username().value());
    if (!banker && !paid && !received) {
      return "TransferNotFound";
    }
    if (!banker && !received) {
      return "RecipientOnly";
    }
    if (!banker && payer.bank) {
      return "BankersOnly";
    }
    if (original.reverses() != NONE) {
      return "NotReversible";
    }
    BigInteger left = original.amount();
    for (Moved other : moved) {
      if (other.reverses() == number) {
        left = left.subtract(other.amount());
      }
    }
    BigInteger amount = wanted.map(BigInteger::valueOf).orElse(left);
    if (left.signum() == 0 || amount.compareTo(left) > 0) {
      return "ReversalExceedsOriginal";
    }
    if (amount.signum() < 1) {
      return "AmountNotPositive";
    }
    if (!recipient.pays || !payer.receives) {
      return "AccountNotOpen";
    }
    return move(original.to(), original.from(), amount, number, NONE);
  }

  /**
   * Settles what was set aside, if it may be, and says {@link #POSTED} or the name of the decline.
   *
   * @param number which of the transfers that were made pending, in their order
   * @param wanted how much; all of it when nothing is said
   */
  String settle(int number, Caller caller, Optional<Long> wanted) {
    Waiting one = waiting.get(number);
    String objection = objectionToResolving(one, caller);
    if (!objection.isEmpty()) {
      return objection;
    }
    BigInteger amount = wanted.map(BigInteger::valueOf).orElse(one.amount);
    if (amount.compareTo(one.amount) > 0) {
      return "ExceedsPendingAmount";
    }
    if (amount.signum() < 1) {
      return "AmountNotPositive";
    }
    if (!row(one.from).pays || !row(one.to).receives) {
      return "AccountNotOpen";
    }
    Figures before = row(one.from).figures();
    release(one, TransferStatus.POSTED);
    String result = move(one.from, one.to, amount, NONE, number);
    if (!result.equals(POSTED)) {
      row(one.from).set(before);
      one.became = TransferStatus.PENDING;
    }
    return result;
  }

  /** Releases what was set aside, if it may be; says {@link #VOIDED} or the name of the decline. */
  String release(int number, Caller caller) {
    Waiting one = waiting.get(number);
    String objection = objectionToResolving(one, caller);
    if (objection.isEmpty()) {
      release(one, TransferStatus.VOIDED);
      return VOIDED;
    }
    return objection;
  }

  private String objectionToResolving(Waiting one, Caller caller) {
    String name = caller.username().value();
    boolean payer = caller.role() == Role.BANKER || row(one.from).owner.equals(name);
    if (!payer) {
      return row(one.to).owner.equals(name) ? "PayerOnly" : "TransferNotFound";
    }
    return switch (one.became) {
      case PENDING -> "";
      case POSTED -> "TransferAlreadyPosted";
      case VOIDED -> "TransferAlreadyVoided";
      case EXPIRED -> "TransferExpired";
    };
  }

  /** The transfers that were made pending, in order. */
  List<Waiting> waiting() {
    return waiting;
  }

  /** The transfers that were posted, in order. */
  List<Moved> moved() {
    return moved;
  }

  private String move(
      AccountId fromId, AccountId toId, BigInteger amount, int reverses, int settles) {
    Row from = row(fromId);
    Row to = row(toId);
    BigInteger left = from.balance.subtract(amount);
    if (!from.covers(amount)) {
      return "InsufficientFunds";
    }
    BigInteger right = to.balance.add(amount);
    if (!from.countable(left) || !to.countable(right)) {
      return "BalanceOverflow";
    }
    from.balance = left;
    to.balance = right;
    from.last = time;
    to.last = time;
    moved.add(new Moved(fromId, toId, amount, left, right, reverses, settles));
    return POSTED;
  }

  /** The answer that was given under that key, which is empty where there is none. */
  Optional<String> rememberedUnder(String key) {
    return Optional.ofNullable(answers.get(key));
  }

  /** Whether what was answered under that key is what is asked now. */
  boolean wasAskedUnder(String key, String body) {
    return body.equals(bodies.get(key));
  }

  /** Takes note of an answer, unless there is no key. */
  void remember(String key, String body, String answer) {
    if (!key.isEmpty()) {
      bodies.put(key, body);
      answers.put(key, answer);
    }
  }

  /** What stands on the account now. */
  BigInteger balanceOf(AccountId id) {
    return row(id).balance;
  }

  /** What may be spent of it. */
  BigInteger availableOn(AccountId id) {
    return balanceOf(id).add(row(id).overdraft).subtract(setAsideOn(id));
  }

  /** What is set aside on the account. */
  BigInteger setAsideOn(AccountId id) {
    return row(id).pending;
  }

  /** When something last happened on the account. */
  Instant lastOn(AccountId id) {
    return row(id).last;
  }

  /** What has been ordered away from it on that day. */
  BigInteger spentOn(AccountId id, LocalDate day) {
    return row(id).spentOn(day);
  }

  /** What has been ordered away from it in the month of that day. */
  BigInteger spentInMonthOf(AccountId id, LocalDate day) {
    return row(id).spentInMonthOf(day);
  }

  /** All balances of a currency together. */
  BigInteger sumOf(Currency currency) {
    return rows.values().stream()
        .filter(row -> row.currency.equals(currency.getCurrencyCode()))
        .map(row -> row.balance)
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  private Row row(AccountId id) {
    Row row = rows.get(id);
    if (row == null) {
      throw new IllegalArgumentException("the model does not know " + id);
    }
    return row;
  }
}
