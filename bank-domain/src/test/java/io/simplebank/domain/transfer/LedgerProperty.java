package io.simplebank.domain.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.AccountStatus;
import io.simplebank.domain.account.Limits;
import io.simplebank.domain.account.Owner;
import io.simplebank.domain.account.Spending;
import io.simplebank.domain.account.StatusChange;
import io.simplebank.domain.account.StatusRefusal;
import io.simplebank.domain.account.StatusRule;
import io.simplebank.domain.idempotency.Answer;
import io.simplebank.domain.idempotency.Fingerprint;
import io.simplebank.domain.idempotency.IdempotencyKey;
import io.simplebank.domain.idempotency.Operation;
import io.simplebank.domain.idempotency.Reply;
import io.simplebank.domain.idempotency.ScopedKey;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.transfer.TransferOrder.Kind;
import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.Username;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Any ledger, given any sequence of orders, does what the {@link LedgerModel} does.
 *
 * <p>The sequences are random. Their seed is part of every failure's message, and the system
 * property {@code bank.seed} plays the same sequences again. A sequence that fails is cut down to
 * the shortest prefix that fails, and then to the steps of it that matter.
 */
public final class LedgerProperty {
  /** A ledger to be compared with the model. */
  public interface Subject {
    /**
     * Opens an account and returns it as it stands. A subject that cannot bring about all that is
     * wished for, or whose settlement accounts exist already, returns what there is.
     */
    Account open(Opening wish);

    /**
     * Carries the requests out as one batch.
     *
     * @param rendering what puts the outcomes of a request into words
     */
    List<Reply> post(List<Request> requests, Function<List<TransferOutcome>, Answer> rendering);

    /** Lets that much time pass; less than none, where the clocks of two servers disagree. */
    void pass(Duration time);

    /** What the clock says. */
    Instant now();

    /** Writes what becomes of the account without a transfer, under its lock, and returns that. */
    Account change(AccountId id, UnaryOperator<Account> change);

    /** The account as it stands now. */
    Account account(AccountId id);

    /** The transfer as it was written, and resolved if it was. */
    Transfer transfer(TransferId id);

    /** The latest entries of an account, newest first. */
    List<Entry> entries(AccountId id, int limit);
  }

  /**
   * A wish for an account.
   *
   * @param owner a label, the same for accounts that are to have one owner; null for the bank
   */
  public record Opening(
      @Nullable String owner,
      Currency currency,
      AccountStatus status,
      long pendingDebits,
      long overdraftLimit) {}

  /**
   * What is asked of the ledger.
   *
   * @param accounts the accounts that it may touch
   * @param originals the earlier transfers that it may reverse, settle or release
   * @param transfers how many transfers may come of it
   * @param decision carries it out
   * @param key the key it comes under, if any
   * @param fingerprint what it asks for
   */
  public record Request(
      List<AccountId> accounts,
      List<TransferId> originals,
      int transfers,
      Function<LedgerBatch, List<TransferOutcome>> decision,
      Optional<ScopedKey> key,
      Fingerprint fingerprint) {}

  /** What is asked at once, and what happens before: what a sequence consists of. */
  private record Step(List<Event> before, List<Act> acts) {
    @Override
    public String toString() {
      return Stream.concat(
              before.stream().map(Event::toString),
              Stream.of(acts.stream().map(Act::toString).collect(Collectors.joining(" + "))))
          .collect(Collectors.joining(", then "));
    }
  }

  /** Something that happens besides what is asked of a ledger. */
  private sealed interface Event {}

  /** Time passes. */
  private record Passing(Duration time) implements Event {}

  /** A banker changes the status of an account, if that may be. */
  private record Change(StatusChange change, int account) implements Event {}

  /** A banker sets the limits of a customer's account, if they may be. */
  private record Limiting(
      int account,
      long overdraft,
      Optional<Long> perTransfer,
      Optional<Long> perDay,
      Optional<Long> perMonth)
      implements Event {}

  /** One of the things that can be asked of a ledger. */
  private sealed interface Act {
    Optional<Integer> key();

    Act under(int otherKey);
  }

  /** Orders that are to be posted together or not at all. */
  private record AllOrNone(List<Order> orders, Optional<Integer> key) implements Act {
    @Override
    public AllOrNone under(int otherKey) {
      return new AllOrNone(orders, Optional.of(otherKey));
    }

    @Override
    public String toString() {
      String under = key.map(number -> " under key " + number).orElse("");
      return orders.stream()
          .map(Order::toString)
          .collect(Collectors.joining(" and ", "ALL ", under));
    }
  }

  /**
   * A wish to have a transfer back.
   *
   * @param number which of the transfers posted so far, counted round and round
   */
  private record Reversal(
      int number, Optional<Integer> ownerOf, Optional<Long> amount, Optional<Integer> key)
      implements Act {
    @Override
    public Reversal under(int otherKey) {
      return new Reversal(number, ownerOf, amount, Optional.of(otherKey));
    }

    @Override
    public String toString() {
      String much = amount.map(String::valueOf).orElse("what is left");
      return "REVERSAL " + much + " of transfer " + number + asked(ownerOf, key);
    }
  }

  /**
   * A wish to have a pending transfer settled.
   *
   * @param number which of the transfers made pending so far, counted round and round
   */
  private record Settlement(
      int number, Optional<Integer> ownerOf, Optional<Long> amount, Optional<Integer> key)
      implements Act {
    @Override
    public Settlement under(int otherKey) {
      return new Settlement(number, ownerOf, amount, Optional.of(otherKey));
    }

    @Override
    public String toString() {
      String much = amount.map(String::valueOf).orElse("all");
      return "SETTLE " + much + " of pending " + number + asked(ownerOf, key);
    }
  }

  /**
   * A wish to have what is set aside released.
   *
   * @param number which of the transfers made pending so far, counted round and round
   */
  private record Release(int number, Optional<Integer> ownerOf, Optional<Integer> key)
      implements Act {
    @Override
    public Release under(int otherKey) {
      return new Release(number, ownerOf, Optional.of(otherKey));
    }

    @Override
    public String toString() {
      return "RELEASE pending " + number + asked(ownerOf, key);
    }
  }

  /**
   * An order that names accounts by their place in {@link #OPENINGS}, so that it can be replayed.
   */
  private record Order(
      Kind kind,
      Optional<Integer> ownerOf,
      int from,
      int to,
      long amount,
      Currency currency,
      Optional<Duration> pendingFor,
      Optional<Integer> key)
      implements Act {
    @Override
    public Order under(int otherKey) {
      return new Order(
          kind, ownerOf, from, to, amount, currency, pendingFor, Optional.of(otherKey));
    }

    @Override
    public String toString() {
      String pending = pendingFor.map(time -> " pending for " + time).orElse("");
      String money = amount + " " + currency;
      return kind + " " + money + " " + from + " -> " + to + pending + asked(ownerOf, key);
    }
  }

  private static String asked(Optional<Integer> ownerOf, Optional<Integer> key) {
    String by = ownerOf.map(account -> "owner of " + account).orElse("banker");
    return " by " + by + key.map(number -> " under key " + number).orElse("");
  }

  private static final Currency EUR = Currency.getInstance("EUR");
  private static final Currency USD = Currency.getInstance("USD");
  private static final List<Currency> CURRENCIES = List.of(EUR, USD);

  private static final List<Opening> OPENINGS =
      List.of(
          new Opening(null, EUR, AccountStatus.OPEN, 0, 0),
          new Opening(null, USD, AccountStatus.OPEN, 0, 0),
          new Opening("ann", EUR, AccountStatus.OPEN, 0, 0),
          new Opening("ann", USD, AccountStatus.OPEN, 0, 0),
          new Opening("ben", EUR, AccountStatus.OPEN, 0, 0),
          new Opening("ben", USD, AccountStatus.OPEN, 0, 300),
          new Opening("cem", EUR, AccountStatus.OPEN, 200, 500),
          new Opening("dot", EUR, AccountStatus.FROZEN, 0, 0),
          new Opening("eve", EUR, AccountStatus.CLOSED, 0, 0));

  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

  private static final Caller BANKER = new Caller(new Username("property-banker"), Role.BANKER);

  private final Supplier<? extends Subject> subjects;
  private final long seed;

  private LedgerProperty(Supplier<? extends Subject> subjects, long seed) {
    this.subjects = subjects;
    this.seed = seed;
  }

  /** The property for those subjects, of which each sequence gets a new one. */
  public static LedgerProperty of(Supplier<? extends Subject> subjects) {
    return of(subjects, Long.getLong("bank.seed", new SplittableRandom().nextLong()));
  }

  /** The same with the same sequences each time, for tests of this test. */
  static LedgerProperty of(Supplier<? extends Subject> subjects, long seed) {
    return new LedgerProperty(subjects, seed);
  }

  /**
   * Plays that many random sequences of that many steps.
   *
   * @throws AssertionError when the subject and the model part, or an invariant is broken
   */
  public void holdsFor(int sequences, int steps) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < sequences; i++) {
      List<Step> sequence = sequence(random.split(), steps);
      Optional<Throwable> failure = failureOf(sequence);
      if (failure.isPresent()) {
        throw failed(i, sequence, failure.get());
      }
    }
  }

  private AssertionError failed(int number, List<Step> sequence, Throwable failure) {
    List<Step> prefix = shortestFailingPrefix(sequence);
    List<Step> reduced = withoutNeedlessSteps(prefix);
    StringBuilder message = new StringBuilder();
    message
        .append("The ledger and its model part. Play it again with -Dbank.seed=")
        .append(seed)
        .append("\nSequence ")
        .append(number)
        .append(", shortest failing prefix: ")
        .append(prefix.size())
        .append(" of ")
        .append(sequence.size())
        .append(" steps; these of them suffice:\n");
    reduced.forEach(step -> message.append("  ").append(step).append('\n'));
    message.append("Accounts:\n");
    for (int i = 0; i < OPENINGS.size(); i++) {
      message.append("  ").append(i).append(": ").append(OPENINGS.get(i)).append('\n');
    }
    Throwable cause = failureOf(reduced).orElse(failure);
    return new AssertionError(message.append(cause).toString(), cause);
  }

  private List<Step> shortestFailingPrefix(List<Step> sequence) {
    for (int length = 1; length < sequence.size(); length++) {
      List<Step> prefix = sequence.subList(0, length);
      if (failureOf(prefix).isPresent()) {
        return prefix;
      }
    }
    return sequence;
  }

  private List<Step> withoutNeedlessSteps(List<Step> sequence) {
    List<Step> steps = new ArrayList<>(sequence);
    for (int i = steps.size() - 1; i >= 0; i--) {
      List<Step> fewer = new ArrayList<>(steps);
      fewer.remove(i);
      if (failureOf(fewer).isPresent()) {
        steps = fewer;
      }
    }
    return steps;
  }

  private Optional<Throwable> failureOf(List<Step> sequence) {
    try {
      new Run(subjects.get()).play(sequence);
      return Optional.empty();
    } catch (RuntimeException | AssertionError e) {
      return Optional.of(e);
    }
  }

  private static List<Step> sequence(RandomGenerator random, int steps) {
    List<Step> sequence = new ArrayList<>();
    List<Act> keyed = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      int acts = oneIn(3, random) ? random.nextInt(2, 6) : 1;
      sequence.add(
          new Step(
              events(random), random.ints(acts).mapToObj(ignored -> act(random, keyed)).toList()));
    }
    return List.copyOf(sequence);
  }

  /**
   * Mostly a moment, at times until something expires, and at times the clock of another server.
   */
  private static Duration passing(RandomGenerator random) {
    return Duration.ofSeconds(
        switch (random.nextInt(8)) {
          case 0 -> -7;
          case 1 -> random.nextInt(60);
          default -> random.nextInt(5);
        });
  }

  private static List<Event> events(RandomGenerator random) {
    List<Event> events = new ArrayList<>();
    events.add(new Passing(passing(random)));
    if (oneIn(12, random)) {
      events.add(
          new Passing(
              switch (random.nextInt(4)) {
                case 0 -> Duration.ofDays(random.nextInt(40));
                case 1 -> Duration.ofHours(random.nextInt(40));
                default -> Duration.ofMillis(random.nextInt(10_000));
              }));
    }
    if (oneIn(8, random)) {
      events.add(
          new Limiting(
              random.nextInt(CURRENCIES.size(), OPENINGS.size()),
              overdraft(random),
              limit(random, 400),
              limit(random, 1000),
              limit(random, 3000)));
    }
    if (oneIn(12, random)) {
      StatusChange change =
          switch (random.nextInt(8)) {
            case 0 -> StatusChange.CLOSE;
            case 1, 2 -> StatusChange.FREEZE;
            default -> StatusChange.UNFREEZE;
          };
      events.add(new Change(change, random.nextInt(OPENINGS.size())));
    }
    return events;
  }

  private static long overdraft(RandomGenerator random) {
    return oneIn(20, random) ? Long.MAX_VALUE - random.nextInt(200) : random.nextInt(500);
  }

  private static Optional<Long> limit(RandomGenerator random, int bound) {
    return switch (random.nextInt(8)) {
      case 0 -> Optional.of(Long.MAX_VALUE);
      case 1, 2, 3 -> Optional.of((long) random.nextInt(bound));
      default -> Optional.empty();
    };
  }

  /** At times it comes under a key, and at times it is one that came before. */
  private static Act act(RandomGenerator random, List<Act> keyed) {
    if (!keyed.isEmpty() && oneIn(6, random)) {
      return keyed.get(random.nextInt(keyed.size()));
    }
    Act act =
        switch (random.nextInt(14)) {
          case 0, 1 -> reversal(random);
          case 2 -> allOrNone(random);
          case 3, 4, 5 ->
              new Settlement(random.nextInt(1000), anybody(random), part(random), Optional.empty());
          case 6 -> new Release(random.nextInt(1000), anybody(random), Optional.empty());
          default -> order(random);
        };
    if (oneIn(3, random)) {
      act = act.under(random.nextInt(100));
      keyed.add(act);
    }
    return act;
  }

  private static AllOrNone allOrNone(RandomGenerator random) {
    List<Order> orders =
        random.ints(random.nextInt(1, 5)).mapToObj(ignored -> order(random)).toList();
    return new AllOrNone(orders, Optional.empty());
  }

  private static Reversal reversal(RandomGenerator random) {
    return new Reversal(random.nextInt(1000), anybody(random), part(random), Optional.empty());
  }

  /** The owner of an account; or, where it is none, a banker. */
  private static Optional<Integer> anybody(RandomGenerator random) {
    return random.nextBoolean()
        ? Optional.empty()
        : Optional.of(random.nextInt(CURRENCIES.size(), OPENINGS.size()));
  }

  /** How much of an earlier transfer; or, where that is not said, all of it. */
  private static Optional<Long> part(RandomGenerator random) {
    return switch (random.nextInt(4)) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(amount(random));
      default -> Optional.of(1L + random.nextInt(100));
    };
  }

  private static Order order(RandomGenerator random) {
    Kind kind =
        switch (random.nextInt(6)) {
          case 0, 1 -> Kind.DEPOSIT;
          case 2 -> Kind.WITHDRAWAL;
          default -> Kind.TRANSFER;
        };
    int customer = random.nextInt(CURRENCIES.size(), OPENINGS.size());
    Currency currency = OPENINGS.get(customer).currency();
    int settlement = CURRENCIES.indexOf(currency);
    int from = kind == Kind.DEPOSIT ? settlement : customer;
    int to =
        switch (kind) {
          case DEPOSIT -> customer;
          case WITHDRAWAL -> settlement;
          case TRANSFER, REVERSAL, POST_PENDING ->
              random.nextInt(CURRENCIES.size(), OPENINGS.size());
        };
    Optional<Duration> pendingFor =
        kind == Kind.TRANSFER && oneIn(2, random)
            ? Optional.of(Duration.ofSeconds(1 + random.nextInt(60)))
            : Optional.empty();
    boolean byBanker = kind != Kind.TRANSFER;
    // Mostly orders that could be posted, and now and then one thing about them is off.
    if (oneIn(12, random)) {
      from = anyAccount(random);
    }
    if (oneIn(12, random)) {
      to = anyAccount(random);
    }
    if (oneIn(12, random)) {
      currency = CURRENCIES.get(random.nextInt(CURRENCIES.size()));
    }
    if (oneIn(12, random)) {
      byBanker = !byBanker;
    }
    int owner = oneIn(12, random) ? anyAccount(random) : from;
    return new Order(
        kind,
        byBanker ? Optional.empty() : Optional.of(owner),
        from,
        to,
        amount(random),
        currency,
        pendingFor,
        Optional.empty());
  }

  /** A place in the list of accounts, or just past its end: an account that does not exist. */
  private static int anyAccount(RandomGenerator random) {
    return random.nextInt(OPENINGS.size() + 1);
  }

  private static long amount(RandomGenerator random) {
    return switch (random.nextInt(40)) {
      case 0 -> Long.MAX_VALUE;
      case 1 -> Long.MAX_VALUE - random.nextInt(1000);
      case 2 -> Long.MIN_VALUE + random.nextInt(2);
      case 3 -> -random.nextInt(1000);
      case 4 -> 0;
      case 5 -> random.nextLong();
      default -> 1 + random.nextInt(400);
    };
  }

  private static boolean oneIn(int cases, RandomGenerator random) {
    return random.nextInt(cases) == 0;
  }

  /** One sequence, played to one subject and the model side by side. */
  private static final class Run {
    private final Subject subject;
    private final LedgerModel model = new LedgerModel();
    private final List<Account> opened = new ArrayList<>();
    private final Map<AccountId, Account> current = new HashMap<>();
    private final Map<AccountId, List<Entry>> entries = new HashMap<>();
    private final Map<Currency, BigInteger> sums = new HashMap<>();
    private final List<List<TransferOutcome>> outcomes = new ArrayList<>();
    private final List<Transfer> posted = new ArrayList<>();
    private final List<Transfer> pending = new ArrayList<>();
    // A store remembers the keys of other runs.
    private final String keysBeginWith = UUID.randomUUID() + "-";

    Run(Subject subject) {
      this.subject = subject;
      for (Opening opening : OPENINGS) {
        Account account = subject.open(opening);
        opened.add(account);
        current.put(account.id(), account);
        entries.put(account.id(), new ArrayList<>());
        model.open(account);
      }
      CURRENCIES.forEach(currency -> sums.put(currency, sum(currency)));
    }

    void play(List<Step> sequence) {
      for (Step step : sequence) {
        step.before().forEach(this::happens);
        List<Asked> asked = step.acts().stream().flatMap(act -> resolved(act).stream()).toList();
        begin(asked);
        List<Reply> replies =
            subject.post(asked.stream().map(Asked::request).toList(), this::rendered);
        assertThat(replies).as("one reply for each request").hasSameSizeAs(asked);
        for (int i = 0; i < asked.size(); i++) {
          check(asked.get(i), replies.get(i));
        }
        checkAccounts();
      }
      checkEntries();
      for (int i = 0; i < pending.size(); i++) {
        Transfer one = pending.get(i);
        assertThat(subject.transfer(one.id()))
            .isEqualTo(become(one, model.waiting().get(i).became));
      }
      posted.forEach(transfer -> assertThat(subject.transfer(transfer.id())).isEqualTo(transfer));
    }

    private static Transfer become(Transfer pending, TransferStatus status) {
      return status == TransferStatus.PENDING ? pending : pending.becoming(status);
    }

    /** What has expired on the accounts that are touched is released, whatever is asked. */
    private void begin(List<Asked> asked) {
      model.begin(
          asked.stream().flatMap(one -> one.request().accounts().stream()).toList(), subject.now());
      opened.forEach(account -> current.put(account.id(), released(currentOf(account.id()))));
    }

    private Account released(Account account) {
      Money setAside =
          new Money(model.setAsideOn(account.id()).longValueExact(), account.currency());
      Money expired = account.pendingDebits().minus(setAside);
      Instant time = model.lastOn(account.id());
      return expired.isPositive() ? account.asOf(time).withReleased(expired, time) : account;
    }

    private void happens(Event event) {
      switch (event) {
        case Passing(var time) -> subject.pass(time);
        case Change(var change, var account) -> changes(change, idOf(account));
        case Limiting limiting -> limits(limiting, idOf(limiting.account()));
      }
    }

    private void changes(StatusChange change, AccountId id) {
      List<String> results = new ArrayList<>();
      Account after =
          subject.change(
              id,
              account -> {
                Optional<StatusRefusal> refusal =
                    StatusRule.firstObjection(change, BANKER, id, account);
                results.add(
                    refusal
                        .map(reason -> reason.getClass().getSimpleName())
                        .orElse(LedgerModel.CHANGED));
                return refusal.isPresent() ? account : account.changedBy(change);
              });
      assertThat(results).as("%s of %s", change, id).containsExactly(model.change(id, change));
      current.put(id, after);
    }

    private void limits(Limiting limiting, AccountId id) {
      Currency currency = currentOf(id).currency();
      Money overdraft = new Money(limiting.overdraft(), currency);
      Limits limits =
          new Limits(
              limiting.perTransfer().map(most -> new Money(most, currency)).orElse(null),
              limiting.perDay().map(most -> new Money(most, currency)).orElse(null),
              limiting.perMonth().map(most -> new Money(most, currency)).orElse(null));
      List<Boolean> results = new ArrayList<>();
      Account after =
          subject.change(
              id,
              account -> {
                boolean possible =
                    !overdraft.isLessThan(account.overdraftInUse())
                        && account.canHaveOverdraftLimit(overdraft);
                results.add(possible);
                return possible ? account.limitedTo(overdraft, limits) : account;
              });
      assertThat(results)
          .as("%s", limiting)
          .containsExactly(
              model.limit(
                  id,
                  limiting.overdraft(),
                  limiting.perTransfer(),
                  limiting.perDay(),
                  limiting.perMonth()));
      current.put(id, after);
    }

    /** All outcomes get an answer of their own, by which they are found again. */
    private Answer rendered(List<TransferOutcome> outcomesOfOne) {
      outcomes.add(outcomesOfOne);
      return new Answer(outcomes.size() - 1, "outcomes");
    }

    /** A request together with what the model makes of it. */
    private record Asked(Request request, Supplier<List<String>> expected) {}

    /** Empty where an earlier transfer is needed and there is none yet. */
    private Optional<Asked> resolved(Act act) {
      return switch (act) {
        case Order order -> Optional.of(resolved(order));
        case AllOrNone allOrNone -> Optional.of(resolved(allOrNone));
        case Reversal reversal ->
            posted.isEmpty() ? Optional.empty() : Optional.of(resolved(reversal));
        case Settlement settlement ->
            pending.isEmpty() ? Optional.empty() : Optional.of(resolved(settlement));
        case Release release ->
            pending.isEmpty() ? Optional.empty() : Optional.of(resolved(release));
      };
    }

    private Asked resolved(Settlement settlement) {
      Caller caller = settlement.ownerOf().map(this::ownerOf).orElse(BANKER);
      int number = settlement.number() % pending.size();
      Transfer one = pending.get(number);
      Money amount =
          settlement
              .amount()
              .map(minorUnits -> new Money(minorUnits, one.amount().currency()))
              .orElse(null);
      PostOrder order = new PostOrder(caller, one, amount);
      return new Asked(
          request(one, order, batch -> batch.post(order), key(settlement, caller, Operation.POST)),
          () -> List.of(model.settle(number, caller, settlement.amount())));
    }

    private Asked resolved(Release release) {
      Caller caller = release.ownerOf().map(this::ownerOf).orElse(BANKER);
      int number = release.number() % pending.size();
      Transfer one = pending.get(number);
      VoidOrder order = new VoidOrder(caller, one);
      return new Asked(
          request(one, order, batch -> batch.release(order), key(release, caller, Operation.VOID)),
          () -> List.of(model.release(number, caller)));
    }

    private static Request request(
        Transfer original,
        Object order,
        Function<LedgerBatch, TransferOutcome> decision,
        Optional<ScopedKey> key) {
      return new Request(
          List.of(original.from(), original.to()),
          List.of(original.id()),
          1,
          batch -> List.of(decision.apply(batch)),
          key,
          Fingerprint.of(order));
    }

    private Asked resolved(Order order) {
      TransferOrder resolved = orderOf(order);
      Request request =
          new Request(
              List.of(resolved.from(), resolved.to()),
              List.of(),
              1,
              batch -> List.of(batch.post(resolved)),
              key(order, resolved.orderedBy(), Operation.valueOf(order.kind().name())),
              Fingerprint.of(resolved));
      return new Asked(request, () -> List.of(model.post(resolved)));
    }

    private Asked resolved(AllOrNone allOrNone) {
      List<TransferOrder> resolved = allOrNone.orders().stream().map(this::orderOf).toList();
      Request request =
          new Request(
              resolved.stream()
                  .flatMap(order -> List.of(order.from(), order.to()).stream())
                  .toList(),
              List.of(),
              resolved.size(),
              batch -> batch.postAllOrNone(resolved),
              key(allOrNone, resolved.getFirst().orderedBy(), Operation.BATCH),
              Fingerprint.of(resolved));
      return new Asked(request, () -> model.postAllOrNone(resolved));
    }

    private TransferOrder orderOf(Order order) {
      return new TransferOrder(
          order.kind(),
          order.ownerOf().map(this::ownerOf).orElse(BANKER),
          idOf(order.from()),
          idOf(order.to()),
          new Money(order.amount(), order.currency()),
          null,
          order.pendingFor().orElse(null));
    }

    private Asked resolved(Reversal reversal) {
      Caller caller = reversal.ownerOf().map(this::ownerOf).orElse(BANKER);
      int number = reversal.number() % posted.size();
      Transfer original = posted.get(number);
      ReversalOrder resolved =
          new ReversalOrder(
              caller,
              original,
              reversal
                  .amount()
                  .map(amount -> new Money(amount, original.amount().currency()))
                  .orElse(null),
              null);
      return new Asked(
          request(
              original,
              resolved,
              batch -> batch.reverse(resolved),
              key(reversal, caller, Operation.REVERSAL)),
          () -> List.of(model.reverse(number, caller, reversal.amount())));
    }

    private Optional<ScopedKey> key(Act act, Caller caller, Operation operation) {
      return act.key()
          .map(number -> new IdempotencyKey(keysBeginWith + number))
          .map(key -> new ScopedKey(caller.username(), operation, key));
    }

    private AccountId idOf(int place) {
      return place < opened.size() ? opened.get(place).id() : new AccountId(Long.MAX_VALUE);
    }

    private Caller ownerOf(int place) {
      // Nobody owns what does not exist or is the bank's: some stranger asks.
      Username username =
          place < opened.size() && opened.get(place).owner() instanceof Owner.Customer customer
              ? customer.username()
              : new Username("property-stranger");
      return new Caller(username, Role.DEPOSITOR);
    }

    private void check(Asked asked, Reply reply) {
      Request request = asked.request();
      String key = request.key().map(ScopedKey::toString).orElse("");
      String body = request.fingerprint().sha256();
      Optional<String> before = model.rememberedUnder(key);
      if (before.isEmpty()) {
        assertThat(reply).as("reply to %s", request).isInstanceOf(Reply.First.class);
        Answer answer = ((Reply.First) reply).answer();
        check(asked.expected().get(), outcomes.get(answer.status()));
        model.remember(key, body, answer.toString());
      } else if (model.wasAskedUnder(key, body)) {
        assertThat(reply).as("reply to %s", request).isInstanceOf(Reply.Replayed.class);
        assertThat(((Reply.Replayed) reply).answer()).hasToString(before.get());
      } else {
        assertThat(reply).as("reply to %s", request).isEqualTo(new Reply.KeyReused());
      }
    }

    private void check(List<String> expected, List<TransferOutcome> actual) {
      assertThat(actual).extracting(Run::nameOf).isEqualTo(expected);
      for (TransferOutcome outcome : actual) {
        switch (outcome) {
          case TransferOutcome.Posted(var posting) -> {
            release(posting.transfer());
            checkPosting(model.moved().get(posted.size()), posting);
            posted.add(posting.transfer());
          }
          case TransferOutcome.Pending(var hold) -> {
            checkHold(model.waiting().get(pending.size()), hold);
            pending.add(hold.transfer());
          }
          case TransferOutcome.Voided(var hold) -> {
            assertThat(hold.transfer().status()).isEqualTo(TransferStatus.VOIDED);
            current.put(hold.from().id(), hold.from());
          }
          case TransferOutcome.Declined declined -> {
            // Nothing has changed: the accounts are looked at afterwards.
          }
        }
      }
    }

    /** Whoever settles something has what was set aside for it, all of it, no longer set aside. */
    private void release(Transfer settling) {
      for (Transfer one : pending) {
        if (one.id().equals(settling.settles())) {
          Account payer = currentOf(one.from());
          current.put(payer.id(), payer.withReleased(one.amount(), payer.lastPostedAt()));
        }
      }
    }

    private void checkHold(LedgerModel.Waiting waiting, Hold hold) {
      Transfer transfer = hold.transfer();
      assertThat(transfer.from()).isEqualTo(waiting.from);
      assertThat(transfer.to()).isEqualTo(waiting.to);
      assertThat(transfer.amount().minorUnits()).isEqualTo(waiting.amount.longValueExact());
      assertThat(transfer.expiresAt()).isEqualTo(waiting.end);
      assertThat(transfer.status()).isEqualTo(TransferStatus.PENDING);
      Instant at = transfer.createdAt();
      Account before = currentOf(transfer.from()).asOf(at);
      assertThat(hold.from())
          .isEqualTo(before.spent(transfer.amount()).withSetAside(transfer.amount(), at));
      assertThat(hold.to()).isEqualTo(currentOf(transfer.to()).asOf(at));
      current.put(transfer.from(), hold.from());
    }

    private static String nameOf(TransferOutcome outcome) {
      return switch (outcome) {
        case TransferOutcome.Declined(var reason) -> reason.getClass().getSimpleName();
        case TransferOutcome.Posted ignored -> LedgerModel.POSTED;
        case TransferOutcome.Pending ignored -> LedgerModel.PENDING;
        case TransferOutcome.Voided ignored -> LedgerModel.VOIDED;
      };
    }

    private void checkPosting(LedgerModel.Moved moved, PostedTransfer posting) {
      Transfer transfer = posting.transfer();
      assertThat(transfer.from()).isEqualTo(moved.from());
      assertThat(transfer.to()).isEqualTo(moved.to());
      assertThat(transfer.amount().minorUnits()).isEqualTo(moved.amount().longValueExact());
      assertThat(transfer.reverses())
          .isEqualTo(
              moved.reverses() == LedgerModel.NONE ? null : posted.get(moved.reverses()).id());
      assertThat(transfer.settles())
          .isEqualTo(
              moved.settles() == LedgerModel.NONE ? null : pending.get(moved.settles()).id());
      assertThat(posting.debit().amount().plus(posting.credit().amount()).minorUnits()).isZero();
      checkSide(posting.debit(), posting.from(), moved.from(), moved.left());
      checkSide(posting.credit(), posting.to(), moved.to(), moved.right());
    }

    private void checkSide(Entry entry, Account after, AccountId id, BigInteger balance) {
      assertThat(entry.account()).isEqualTo(id);
      assertThat(after.id()).isEqualTo(id);
      assertThat(BigInteger.valueOf(entry.balanceAfter().minorUnits()))
          .as("balance after an entry on %s", id)
          .isEqualTo(balance);
      Account before = currentOf(id);
      assertThat(entry.balanceAfter()).isEqualTo(before.balance().plus(entry.amount()));
      assertThat(entry.createdAt()).isAfterOrEqualTo(before.lastPostedAt());
      List<Entry> earlier = entriesOf(id);
      if (!earlier.isEmpty()) {
        assertThat(entry.id().value()).isGreaterThan(earlier.getLast().id().value());
      }
      earlier.add(entry);
      current.put(id, after);
    }

    private void checkAccounts() {
      for (Account account : opened) {
        Account now = subject.account(account.id());
        // Equal to what the last posting left behind, hence untouched by what was declined.
        assertThat(now).isEqualTo(currentOf(account.id()));
        assertThat(BigInteger.valueOf(now.balance().minorUnits()))
            .as("balance of %s", account.id())
            .isEqualTo(model.balanceOf(account.id()));
        assertThat(BigInteger.valueOf(now.available().minorUnits()))
            .as("available on %s", account.id())
            .isEqualTo(model.availableOn(account.id()));
        Spending spent = now.spending();
        assertThat(List.of(spent.thatDay(), spent.thatMonth()))
            .as("spent from %s on and up to %s", account.id(), spent.day())
            .extracting(amount -> BigInteger.valueOf(amount.minorUnits()))
            .containsExactly(
                MOST.min(model.spentOn(account.id(), spent.day())),
                MOST.min(model.spentInMonthOf(account.id(), spent.day())));
        if (!now.isSettlement()) {
          assertThat(now.available().isNegative()).as("%s is overdrawn", now).isFalse();
        }
      }
      for (Currency currency : CURRENCIES) {
        assertThat(sum(currency))
            .as("all balances in %s", currency)
            .isEqualTo(sums.get(currency))
            .isEqualTo(model.sumOf(currency));
      }
    }

    private void checkEntries() {
      for (Account account : opened) {
        List<Entry> expected = entriesOf(account.id());
        BigInteger sum = BigInteger.valueOf(account.balance().minorUnits());
        for (Entry entry : expected) {
          sum = sum.add(BigInteger.valueOf(entry.amount().minorUnits()));
        }
        assertThat(sum).isEqualTo(model.balanceOf(account.id()));
        if (!expected.isEmpty()) {
          assertThat(subject.entries(account.id(), expected.size()))
              .as("entries of %s", account.id())
              .containsExactlyElementsOf(expected.reversed());
        }
      }
    }

    private BigInteger sum(Currency currency) {
      return opened.stream()
          .filter(account -> account.currency().equals(currency))
          .map(account -> BigInteger.valueOf(currentOf(account.id()).balance().minorUnits()))
          .reduce(BigInteger.ZERO, BigInteger::add);
    }

    private Account currentOf(AccountId id) {
      return Optional.ofNullable(current.get(id)).orElseThrow(() -> neverOpened(id));
    }

    private List<Entry> entriesOf(AccountId id) {
      return Optional.ofNullable(entries.get(id)).orElseThrow(() -> neverOpened(id));
    }

    private static AssertionError neverOpened(AccountId id) {
      return new AssertionError("money moved on an account that was never opened: " + id);
    }
  }
}
