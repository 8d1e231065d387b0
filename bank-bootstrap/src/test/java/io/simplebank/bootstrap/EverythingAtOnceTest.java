package io.simplebank.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.adapter.persistence.TestDatabase;
import io.simplebank.bootstrap.Tally.Told;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * All that moves, sets aside or holds money, at once, on a few accounts and two servers with one
 * database: what the clients were told adds up to what is in the books.
 *
 * <p>Each thread plays a random sequence, which the system property {@code bank.seed} plays again.
 * What it meets is up to the machine: where a transfer is to be chosen that somebody has made, a
 * seed does not bring back which.
 */
class EverythingAtOnceTest {
  private static final int THREADS = 16;
  private static final int STEPS_OF_EACH = 90;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String REASON = "{\"reason\": \"a whim\"}";

  /** However busy the machine is, nobody is to be told to come back for that. */
  private static final String PATIENT = "--datasources.default.connection-timeout=60000";

  /** On this one little goes on, so that accounts get empty. */
  private static final String QUIET_CURRENCY = "CAD";

  private static final String[] DECLINED_TRANSFER = {
    "404 account_not_found",
    "422 same_account",
    "422 account_not_open",
    "422 currency_mismatch",
    "422 limit_exceeded",
    "422 insufficient_funds"
  };
  private static final String[] NOT_TO_RESOLVE = {
    "403 forbidden",
    "404 transfer_not_found",
    "409 transfer_not_pending",
    "409 transfer_already_posted",
    "409 transfer_already_voided",
    "409 transfer_expired"
  };

  /** What is played, how often in relation to the others, and all that may be answered to it. */
  private enum Kind {
    TRANSFER(20, "201", DECLINED_TRANSFER),
    PENDING(12, "201", DECLINED_TRANSFER),
    /** Cannot fail for funds or limits. */
    POST(10, "201", NOT_TO_RESOLVE, "422 exceeds_pending_amount", "422 account_not_open"),
    VOID(5, "200", NOT_TO_RESOLVE),
    REVERSAL(
        10,
        "201",
        "403 forbidden",
        "404 transfer_not_found",
        "422 transfer_not_reversible",
        "422 reversal_exceeds_original",
        "422 account_not_open",
        "422 insufficient_funds"),
    /** Counted by its transfers. */
    BATCH(5, "201", DECLINED_TRANSFER),
    ATOMIC_BATCH(6, "201", DECLINED_TRANSFER, "422 batch_declined"),
    DEPOSIT(8, "201", "403 forbidden", "422 account_not_open", "422 currency_mismatch"),
    WITHDRAWAL(
        5,
        "201",
        "403 forbidden",
        "422 account_not_open",
        "422 currency_mismatch",
        "422 limit_exceeded",
        "422 insufficient_funds"),
    FREEZE(2, "200", "403 forbidden", "404 account_not_found", "409 account_status_conflict"),
    UNFREEZE(6, "200", "403 forbidden", "404 account_not_found", "409 account_status_conflict"),
    CLOSE(
        8,
        "200",
        "403 forbidden",
        "404 account_not_found",
        "409 account_status_conflict",
        "409 account_not_empty",
        "409 account_has_pending_debits"),
    OPEN(2, "201", "409 account_already_exists"),
    LIMITS(
        3,
        "200",
        "403 forbidden",
        "404 account_not_found",
        "409 account_status_conflict",
        "409 overdraft_in_use"),
    /** Of a request under a key that was answered: with the same body, and with another. */
    RETRY(6, "replayed", "422 idempotency_key_reused"),
    AUDIT(2, "200", "403 forbidden", "503 audit_under_way");

    private final int weight;
    private final String success;

    @SuppressWarnings("ImmutableEnumChecker") // It is unmodifiable, which its type does not say.
    private final Set<String> declines;

    Kind(int weight, String success, String[] declines, String... more) {
      this.weight = weight;
      this.success = success;
      this.declines =
          Stream.of(declines, more).flatMap(Stream::of).collect(Collectors.toUnmodifiableSet());
    }

    Kind(int weight, String success, String... declines) {
      this(weight, success, declines, new String[0]);
    }
  }

  private static final List<Kind> DECK =
      Arrays.stream(Kind.values())
          .flatMap(kind -> Collections.nCopies(kind.weight, kind).stream())
          .toList();

  /**
   * The accounts of a user in one currency: the last one was opened last, the others are closed.
   */
  private record Holder(Client client, String currency, List<Long> accounts) {
    long account() {
      return accounts.getLast();
    }
  }

  /** A transfer that is asked for; with {@code expiresIn} 0 it is to move at once. */
  private record Wish(long from, long to, long amount, String currency, long expiresIn) {
    String json() {
      return "{\"from_account_id\": %d, \"to_account_id\": %d, \"amount\": %d, \"currency\": \"%s\"%s}"
          .formatted(
              from,
              to,
              amount,
              currency,
              expiresIn == 0 ? "" : ", \"pending\": true, \"expires_in\": " + expiresIn);
    }

    Told told() {
      return new Told(from, to, amount, expiresIn, Tally.NONE, Tally.NONE);
    }
  }

  /** A request whose answer the bank has to remember. */
  private record Remembered(
      Client client, String key, String path, String body, Client.Answer answer) {}

  private final Tally tally = new Tally();
  private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();
  private final Map<String, List<Holder>> holders = new HashMap<>();
  private final Map<String, Long> settlements = new HashMap<>();
  private final Map<Long, Client> owners = new ConcurrentHashMap<>();
  private final List<Long> moved = Collections.synchronizedList(new ArrayList<>());
  private final List<Long> pendings = Collections.synchronizedList(new ArrayList<>());
  private final List<Remembered> remembered = Collections.synchronizedList(new ArrayList<>());
  private final AtomicLong keys = new AtomicLong();
  private final ExecutorService twins = Executors.newVirtualThreadPerTaskExecutor();
  private List<Bank> banks = List.of();
  private Client banker = Client.nobody(URI.create("http://localhost"));

  @Test
  void all_that_was_acknowledged_is_in_the_books_once_and_the_audit_is_clean() {
    long seed = Long.getLong("bank.seed", new SplittableRandom().nextLong());
    String database = TestDatabase.createDatabase();
    try (Bank first = ServerBank.startOn(database, PATIENT);
        Bank second = ServerBank.startOn(database, PATIENT)) {
      banks = List.of(first, second);
      open_accounts();
      play(new SplittableRandom(seed));
      everybody_has_seen_everything();
      Set<Long> expired = what_has_expired();
      Map<Long, String> booked = booked();
      Map<Long, String> told = tally.books(expired);
      assertThat(without(told, booked)).as("told, and not so in the books").isEmpty();
      assertThat(without(booked, told)).as("in the books, and nobody was told so").isEmpty();
      accounts_hold_what_clients_were_told(expired);
      for (Bank bank : banks) {
        assertConsistent(banker.at(bank.address()).get("/ledger/audit").expect(200));
      }
    } catch (AssertionError | Exception e) {
      throw new AssertionError("Play it again with -Dbank.seed=" + seed + ": " + e, e);
    } finally {
      twins.close();
    }
  }

  private void open_accounts() {
    Client.Answer login =
        Client.logIn(banks.getFirst().address(), ServerBank.BANKER, ServerBank.BANKERS_PASSWORD);
    banker =
        new Client(
            banks.getFirst().address(), login.expect(200).text("access_token"), ServerBank.BANKER);
    List<Client> users =
        Stream.of("alice", "bob", "carol")
            .map(name -> Client.registered(banks.getFirst().address(), name))
            .toList();
    for (String currency : List.of("USD", "EUR", QUIET_CURRENCY)) {
      List<Holder> ofCurrency = new ArrayList<>();
      for (Client user : users) {
        long account = user.openAccount(currency);
        owners.put(account, user);
        ofCurrency.add(new Holder(user, currency, new CopyOnWriteArrayList<>(List.of(account))));
        long amount = currency.equals(QUIET_CURRENCY) ? 1 : 500;
        Client.Answer deposit = banker.deposit(account, amount, currency).expect(201);
        long settlement = deposit.number("from_account.id");
        settlements.put(currency, settlement);
        tally.made(deposit.number("transfer.id"), new Told(settlement, account, amount));
      }
      holders.put(currency, List.copyOf(ofCurrency));
    }
  }

  private void play(SplittableRandom random) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<Void>> players = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        players.add(threads.submit(new Player(random.split())));
      }
      for (Future<Void> player : players) {
        player.get();
      }
    }
  }

  /** Or this test would have become hollow. */
  private void everybody_has_seen_everything() {
    List<String> missing = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      if (!counts.containsKey(kind + " " + kind.success)) {
        missing.add(kind + " that succeeds");
      }
      if (kind.declines.stream().noneMatch(decline -> counts.containsKey(kind + " " + decline))) {
        missing.add(kind + " that is declined");
      }
    }
    for (String twice :
        List.of(
            "twins",
            "whole post",
            "partial post",
            "whole reversal",
            "partial reversal",
            "pending in a batch")) {
      if (!counts.containsKey(twice)) {
        missing.add(twice);
      }
    }
    if (Stream.of(Kind.POST, Kind.VOID)
        .noneMatch(kind -> counts.containsKey(kind + " 409 transfer_expired"))) {
      missing.add("one that comes after something has expired");
    }
    assertThat(missing).as("not played, of %s", counts).isEmpty();
  }

  /** Those of which nobody was told, and whose time is over, as soon as it is. */
  private Set<Long> what_has_expired() {
    Set<Long> expired = new HashSet<>();
    Instant deadline = Instant.now().plus(PATIENCE);
    tally
        .unresolved()
        .forEach(
            (id, transfer) -> {
              if (transfer.expiresIn() < 3600) {
                while (!banker
                    .get("/transfers/" + id)
                    .expect(200)
                    .text("status")
                    .equals("expired")) {
                  assertThat(Instant.now()).as("patience").isBefore(deadline);
                }
                expired.add(id);
              }
            });
    assertThat(expired).as("expired").isNotEmpty();
    return expired;
  }

  /** All transfers that the bank has, from the pages of all accounts. */
  private Map<Long, String> booked() {
    Map<Long, String> booked = new TreeMap<>();
    for (long account : allAccounts()) {
      String path = "/transfers?limit=500&account_id=" + account;
      Optional<String> cursor = Optional.of("");
      while (cursor.isPresent()) {
        Client.Answer page = banker.get(path + cursor.get()).expect(200);
        for (int i = 0; i < page.size("transfers"); i++) {
          String at = "transfers." + i + ".";
          booked.put(
              page.number(at + "id"),
              Tally.line(
                  new Told(
                      page.number(at + "from_account_id"),
                      page.number(at + "to_account_id"),
                      page.number(at + "amount"),
                      0,
                      other(page, at + "pending_transfer_id"),
                      other(page, at + "reverses_transfer_id")),
                  page.text(at + "status")));
        }
        cursor = page.find("next_cursor").map(next -> "&cursor=" + next.getStringValue());
      }
    }
    return booked;
  }

  private static Map<Long, String> without(Map<Long, String> some, Map<Long, String> others) {
    Map<Long, String> rest = new TreeMap<>(some);
    rest.entrySet().removeAll(others.entrySet());
    return rest;
  }

  private static long other(Client.Answer page, String path) {
    return page.find(path).map(number -> number.getLongValue()).orElse(Tally.NONE);
  }

  private List<Long> allAccounts() {
    return Stream.concat(owners.keySet().stream(), settlements.values().stream()).toList();
  }

  private void accounts_hold_what_clients_were_told(Set<Long> expired) {
    Map<Long, Long> balances = tally.balances();
    Map<Long, Long> pendingDebits = tally.pendingDebits(expired);
    for (long id : allAccounts()) {
      Client.Answer account = banker.get("/accounts/" + id).expect(200);
      assertThat(account.number("balance"))
          .as("balance of %s", id)
          .isEqualTo(balances.getOrDefault(id, 0L));
      if (owners.containsKey(id)) {
        long overdraft =
            banker.get("/accounts/" + id + "/limits").expect(200).number("overdraft_limit");
        assertThat(overdraft).isIn(tally.overdraftLimits(id));
        assertThat(account.number("balance") + overdraft - account.number("available_balance"))
            .as("pending debits of %s", id)
            .isEqualTo(pendingDebits.getOrDefault(id, 0L));
        assertThat(account.text("status")).as("status of %s", id).isEqualTo(tally.status(id));
      }
    }
  }

  private static void assertConsistent(Client.Answer audit) {
    assertThat(audit.find("consistent").orElseThrow().getBooleanValue()).as(audit.body()).isTrue();
  }

  private void count(String what) {
    counts.computeIfAbsent(what, first -> new LongAdder()).increment();
  }

  /** One of the threads. */
  private final class Player implements Callable<Void> {
    private final SplittableRandom random;

    Player(SplittableRandom random) {
      this.random = random;
    }

    @Override
    public Void call() throws Exception {
      for (int i = 0; i < STEPS_OF_EACH; i++) {
        Kind kind = DECK.get(random.nextInt(DECK.size()));
        switch (kind) {
          case TRANSFER, PENDING -> transfer(kind);
          case POST -> post();
          case VOID -> release();
          case REVERSAL -> reverse();
          case BATCH, ATOMIC_BATCH -> batch(kind);
          case DEPOSIT -> deposit();
          case WITHDRAWAL -> withdraw(holder(), amount());
          case FREEZE, UNFREEZE -> freeze(kind);
          case CLOSE -> close();
          case OPEN -> open(holder());
          case LIMITS -> limit();
          case RETRY -> retry();
          case AUDIT -> audit();
        }
      }
      return null;
    }

    private void transfer(Kind kind) throws Exception {
      Holder payer = holder();
      Wish wish = wish(payer, kind == Kind.PENDING);
      Client.Answer answer = order(kind, notAlways(payer.client()), "/transfers", wish.json());
      if (answer.status() == 201) {
        made(answer, "", wish.told());
      }
    }

    /** What is in that part of an answer. */
    private void made(Client.Answer answer, String part, Told told) {
      long id = answer.number(part + "transfer.id");
      tally.made(id, told);
      (told.isPending() ? pendings : moved).add(id);
    }

    private void batch(Kind kind) throws Exception {
      Holder payer = holder();
      List<Wish> wishes = new ArrayList<>();
      for (int i = random.nextInt(1, 6); i > 0; i--) {
        wishes.add(wish(once(15) ? holder() : payer, once(4)));
      }
      Client.Answer answer =
          order(
              kind,
              payer.client(),
              "/transfers/batch",
              "{\"atomic\": %s, \"transfers\": [%s]}"
                  .formatted(
                      kind == Kind.ATOMIC_BATCH,
                      wishes.stream().map(Wish::json).collect(Collectors.joining(", "))));
      List<String> results = new ArrayList<>();
      for (int i = 0; i < wishes.size(); i++) {
        String result = "results." + i;
        boolean declined = answer.find(result + ".code").isPresent();
        results.add(
            declined
                ? answer.number(result + ".status") + " " + answer.text(result + ".code")
                : "201");
        if (!declined) {
          made(answer, result + ".", wishes.get(i).told());
          if (wishes.get(i).expiresIn() > 0) {
            count("pending in a batch");
          }
        }
      }
      results.forEach(result -> check(kind, result, answer));
      if (kind == Kind.ATOMIC_BATCH && !results.stream().allMatch("201"::equals)) {
        assertThat(results)
            .doesNotContain("201")
            .anyMatch(result -> !result.equals("422 batch_declined"));
      }
    }

    private void post() throws Exception {
      Optional<Long> chosen = choose(once(20) ? moved : pendings);
      if (chosen.isEmpty()) {
        return;
      }
      long pending = chosen.get();
      Told setAside = tally.told(pending);
      boolean whole = once(2);
      long amount = whole ? setAside.amount() : random.nextLong(1, setAside.amount() + 5);
      Client.Answer answer =
          order(
              Kind.POST,
              notAlways(once(4) ? banker : ownerOf(setAside.from())),
              "/transfers/" + pending + "/post",
              whole ? "" : "{\"amount\": " + amount + "}");
      if (answer.status() == 201) {
        count(whole ? "whole post" : "partial post");
        long id = answer.number("transfer.id");
        tally.settled(pending, id, amount);
        moved.add(id);
      }
    }

    private void release() throws Exception {
      Optional<Long> chosen = choose(once(20) ? moved : pendings);
      if (chosen.isEmpty()) {
        return;
      }
      long pending = chosen.get();
      Client client = once(4) ? banker : ownerOf(tally.told(pending).from());
      Client.Answer answer =
          order(Kind.VOID, notAlways(client), "/transfers/" + pending + "/void", "");
      if (answer.status() == 200) {
        tally.voided(pending);
      }
    }

    private void reverse() throws Exception {
      Optional<Long> chosen = choose(once(20) ? pendings : moved);
      if (chosen.isEmpty()) {
        return;
      }
      long original = chosen.get();
      Told told = tally.told(original);
      boolean whole = once(3);
      long amount = random.nextLong(1, Math.max(2, told.amount()));
      Client.Answer answer =
          order(
              Kind.REVERSAL,
              notAlways(once(3) ? banker : ownerOf(told.to())),
              "/transfers/" + original + "/reversal",
              whole ? "" : "{\"amount\": " + amount + "}");
      if (answer.status() == 201) {
        count(whole ? "whole reversal" : "partial reversal");
        long id = answer.number("transfer.id");
        if (whole) {
          tally.reversedTheRest(original, id);
        } else {
          tally.reversed(original, id, amount);
        }
        moved.add(id);
      }
    }

    private void deposit() throws Exception {
      Holder holder = holder();
      long account = accountOf(holder);
      String currency = once(20) ? holder().currency() : holder.currency();
      long amount = random.nextLong(1, 200);
      cash(
          Kind.DEPOSIT,
          holder,
          "/accounts/" + account + "/deposits",
          currency,
          new Told(settlementOf(currency), account, amount));
    }

    private void withdraw(Holder holder, long amount) throws Exception {
      long account = accountOf(holder);
      cash(
          Kind.WITHDRAWAL,
          holder,
          "/accounts/" + account + "/withdrawals",
          holder.currency(),
          new Told(account, settlementOf(holder.currency()), amount));
    }

    private void cash(Kind kind, Holder holder, String path, String currency, Told told)
        throws Exception {
      Client.Answer answer =
          order(
              kind,
              once(15) ? holder.client() : banker,
              path,
              "{\"amount\": %d, \"currency\": \"%s\"}".formatted(told.amount(), currency));
      if (answer.status() == 201) {
        made(answer, "", told);
      }
    }

    private void freeze(Kind kind) {
      Holder holder = holder();
      long account = accountOf(holder);
      boolean freeze = kind == Kind.FREEZE;
      Client client = (once(15) ? holder.client() : banker).at(bank());
      Client.Answer answer =
          checked(
              kind,
              client.post("/accounts/" + account + (freeze ? "/freeze" : "/unfreeze"), REASON));
      if (answer.status() == 200) {
        if (freeze) {
          tally.frozen(account);
        } else {
          tally.unfrozen(account);
        }
      }
    }

    private void close() throws Exception {
      Holder holder = once(2) ? holderOf(QUIET_CURRENCY) : holder();
      long account = holder.account();
      long balance = banker.at(bank()).balance(account);
      if (balance > 0 && once(2)) {
        withdraw(holder, balance);
      }
      Client client = notAlways(once(3) ? banker : holder.client()).at(bank());
      Client.Answer answer =
          checked(Kind.CLOSE, client.post("/accounts/" + account + "/close", REASON));
      if (answer.status() == 200) {
        tally.closed(account);
        if (!once(4)) {
          open(holder);
        }
      }
    }

    private void open(Holder holder) {
      Client.Answer answer =
          checked(
              Kind.OPEN,
              holder
                  .client()
                  .at(bank())
                  .post("/accounts", "{\"currency\": \"" + holder.currency() + "\"}"));
      if (answer.status() == 201) {
        long account = answer.number("id");
        owners.put(account, holder.client());
        holder.accounts().add(account);
      }
    }

    private void limit() {
      Holder holder = holder();
      long account = accountOf(holder);
      long overdraft = once(2) ? 0 : random.nextLong(200);
      String limits =
          "{\"overdraft_limit\": %d%s%s}"
              .formatted(
                  overdraft,
                  once(3) ? ", \"max_transfer\": " + random.nextLong(50, 200) : "",
                  once(5) ? ", \"daily_limit\": " + random.nextLong(20_000) : "");
      Client client = (once(15) ? holder().client() : banker).at(bank());
      Client.Answer answer =
          checked(Kind.LIMITS, client.put("/accounts/" + account + "/limits", limits));
      if (answer.status() == 200) {
        tally.limited(account, overdraft);
      }
    }

    private void retry() {
      Optional<Remembered> chosen = choose(remembered);
      if (chosen.isEmpty()) {
        return;
      }
      Remembered first = chosen.get();
      Client client = first.client().at(bank());
      String other = first.body().replaceFirst("\"amount\": ", "\"amount\": 7");
      if (once(4) && !other.equals(first.body())) {
        checked(Kind.RETRY, client.post(first.key(), first.path(), other));
        return;
      }
      Client.Answer again = client.post(first.key(), first.path(), first.body());
      assertSame(first.answer(), again);
      check(Kind.RETRY, again.replayed() ? "replayed" : "done again", again);
    }

    private void audit() {
      Client client = (once(2) ? holder().client() : banker).at(bank());
      Client.Answer answer = checked(Kind.AUDIT, client.get("/ledger/audit"));
      if (answer.status() == 200) {
        assertConsistent(answer);
      }
    }

    /** Sends it once, or once under a key, or under a key to both servers at once. */
    private Client.Answer order(Kind kind, Client client, String path, String body)
        throws Exception {
      boolean alone = !once(3);
      Client.Answer answer;
      if (alone && once(2)) {
        answer = client.at(bank()).post(path, body);
      } else {
        String key = "key-" + keys.incrementAndGet();
        CompletableFuture<Client.Answer> twin =
            alone
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.supplyAsync(
                    () -> client.at(banks.getLast().address()).post(key, path, body), twins);
        answer = client.at(alone ? bank() : banks.getFirst().address()).post(key, path, body);
        // Who may not ask at all is told so anew each time.
        boolean kept = answer.status() != 403;
        if (!alone) {
          Client.Answer other = twin.get(60, TimeUnit.SECONDS);
          assertSame(answer, other);
          assertThat(Stream.of(answer, other).filter(Client.Answer::replayed))
              .as("replays of %s", answer)
              .hasSize(kept ? 1 : 0);
          count("twins");
        }
        if (kept) {
          remembered.add(new Remembered(client, key, path, body, answer));
        }
      }
      if (kind == Kind.BATCH || kind == Kind.ATOMIC_BATCH) {
        return answer.expect(200);
      }
      return checked(kind, answer);
    }

    private void assertSame(Client.Answer answer, Client.Answer again) {
      assertThat(again.status() + " " + again.body())
          .isEqualTo(answer.status() + " " + answer.body());
    }

    private Client.Answer checked(Kind kind, Client.Answer answer) {
      check(
          kind,
          answer.status() < 400
              ? Integer.toString(answer.status())
              : answer.status() + " " + answer.text("code"),
          answer);
      return answer;
    }

    private void check(Kind kind, String result, Client.Answer answer) {
      assertThat(result.equals(kind.success) || kind.declines.contains(result))
          .as("%s may be answered %s: %s", kind, result, answer)
          .isTrue();
      count(kind + " " + result);
    }

    private Wish wish(Holder payer, boolean pending) {
      Holder recipient = once(20) ? holder() : holderOf(payer.currency());
      while (recipient.equals(payer) && !once(20)) {
        recipient = holderOf(payer.currency());
      }
      long expiresIn = once(3) ? 3600 : random.nextLong(1, 3);
      return new Wish(
          accountOf(payer),
          accountOf(recipient),
          amount(),
          payer.currency(),
          pending ? expiresIn : 0);
    }

    private long amount() {
      return once(15) ? 1_000_000 : random.nextLong(1, 120);
    }

    private Holder holder() {
      return holderOf(once(12) ? QUIET_CURRENCY : once(2) ? "USD" : "EUR");
    }

    private Holder holderOf(String currency) {
      List<Holder> all = holders.getOrDefault(currency, List.of());
      return all.get(random.nextInt(all.size()));
    }

    /** Mostly the open one. */
    private long accountOf(Holder holder) {
      List<Long> accounts = holder.accounts();
      return once(15) ? accounts.get(random.nextInt(accounts.size())) : holder.account();
    }

    /** Mostly the one who may. */
    private Client notAlways(Client client) {
      return once(20) ? holder().client() : client;
    }

    private Client ownerOf(long account) {
      return owners.getOrDefault(account, banker);
    }

    private long settlementOf(String currency) {
      return settlements.getOrDefault(currency, Tally.NONE);
    }

    private URI bank() {
      return banks.get(random.nextInt(banks.size())).address();
    }

    /** Any, and half of the time one of the latest, which others choose as well. */
    private <T> Optional<T> choose(List<T> list) {
      int size = list.size();
      if (size == 0) {
        return Optional.empty();
      }
      int from = once(2) ? 0 : Math.max(0, size - 8);
      return Optional.of(list.get(random.nextInt(from, size)));
    }

    private boolean once(int inSoMany) {
      return random.nextInt(inSoMany) == 0;
    }
  }
}
