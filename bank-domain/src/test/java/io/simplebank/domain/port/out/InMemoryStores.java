package io.simplebank.domain.port.out;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.AccountStatus;
import io.simplebank.domain.account.Owner;
import io.simplebank.domain.audit.AuditEvent;
import io.simplebank.domain.audit.BatchContent;
import io.simplebank.domain.audit.BatchOnRecord;
import io.simplebank.domain.audit.ChainHead;
import io.simplebank.domain.audit.CurrencyFigures;
import io.simplebank.domain.audit.EntryOnRecord;
import io.simplebank.domain.audit.Finding;
import io.simplebank.domain.audit.Findings;
import io.simplebank.domain.audit.LedgerSnapshot;
import io.simplebank.domain.audit.Orderer;
import io.simplebank.domain.audit.ResolutionOnRecord;
import io.simplebank.domain.audit.Seal;
import io.simplebank.domain.audit.SealedBatch;
import io.simplebank.domain.audit.TransferOnRecord;
import io.simplebank.domain.idempotency.BatchKey;
import io.simplebank.domain.idempotency.IdempotencyKey;
import io.simplebank.domain.idempotency.RememberedAnswer;
import io.simplebank.domain.idempotency.ScopedKey;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.session.AttemptKey;
import io.simplebank.domain.session.Attempts;
import io.simplebank.domain.session.RefreshToken;
import io.simplebank.domain.session.Session;
import io.simplebank.domain.transfer.Entry;
import io.simplebank.domain.transfer.EntryId;
import io.simplebank.domain.transfer.HeldOrder;
import io.simplebank.domain.transfer.LedgerBatch;
import io.simplebank.domain.transfer.Numbering;
import io.simplebank.domain.transfer.PostedOrder;
import io.simplebank.domain.transfer.PostedTransfer;
import io.simplebank.domain.transfer.Resolution;
import io.simplebank.domain.transfer.Transfer;
import io.simplebank.domain.transfer.TransferId;
import io.simplebank.domain.transfer.TransferStatus;
import io.simplebank.domain.user.EmailAddress;
import io.simplebank.domain.user.EmailVerification;
import io.simplebank.domain.user.SecretHash;
import io.simplebank.domain.user.User;
import io.simplebank.domain.user.Username;
import io.simplebank.domain.user.VerificationId;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All stores in memory, for tests of whoever uses the ports. One big lock makes transactions run
 * one after the other; a journal of inverse actions takes back what a failed one has done.
 *
 * <p>It is stricter than a database: it refuses to number or write outside a transaction, or to
 * change accounts that the transaction has not locked, so that a service that forgets this fails
 * here already.
 */
public final class InMemoryStores implements Stores {
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Map<Username, User> users = new HashMap<>();
  private final Map<UUID, Session> sessions = new HashMap<>();
  private final Map<SecretHash, RefreshToken> refreshTokens = new HashMap<>();
  private final Map<AttemptKey, Attempts> attempts = new HashMap<>();
  private final Map<VerificationId, EmailVerification> verifications = new HashMap<>();
  private final Map<VerificationId, VerificationId> queuedMails = new HashMap<>();
  private final NavigableMap<Long, AuditEvent> audited = new TreeMap<>();
  private final NavigableMap<AccountId, Account> accounts = new TreeMap<>();
  private final Map<TransferId, Transfer> transfers = new HashMap<>();
  private final Map<AccountId, NavigableMap<Long, Entry>> entries = new HashMap<>();
  private final Map<ScopedKey, RememberedAnswer> answers = new HashMap<>();
  private final Map<TransferId, Orderer> orderers = new HashMap<>();
  private final Map<TransferId, Resolution> resolutions = new HashMap<>();
  private final NavigableMap<Long, SealedBatch> batches = new TreeMap<>();
  private final Deque<Runnable> journal = new ArrayDeque<>();
  private final Set<AccountId> locked = new HashSet<>();
  // Like a sequence of a database, these are not taken back: no number is used twice.
  private long lastAccount;
  private long lastTransfer;
  private long lastEntry;
  private long lastVerification;
  private long lastAuditEvent;

  /** A bank of which nothing is known yet. */
  public InMemoryStores() {
    BatchContent nothing =
        new BatchContent(BatchKey.random().value(), Instant.EPOCH, List.of(), List.of(), List.of());
    batches.put(0L, SealedBatch.after(ChainHead.NONE, nothing));
  }

  @Override
  public UserRepository users() {
    return new Users();
  }

  @Override
  public SessionRepository sessions() {
    return new Sessions();
  }

  @Override
  public AttemptRepository attempts() {
    return new FailedLogins();
  }

  @Override
  public EmailVerificationRepository verifications() {
    return new Verifications();
  }

  @Override
  public VerificationMailQueue verificationMails() {
    return id -> inTransaction(() -> put(queuedMails, id, id));
  }

  @Override
  public List<VerificationId> queuedMails() {
    return inTransaction(() -> List.copyOf(queuedMails.keySet()));
  }

  @Override
  public AuditLog audit() {
    return events ->
        inTransaction(
            () -> {
              events.forEach(event -> put(audited, ++lastAuditEvent, event));
              return events;
            });
  }

  @Override
  public List<AuditEvent> audited(String subject) {
    return inTransaction(
        () -> audited.values().stream().filter(e -> e.subject().equals(subject)).toList());
  }

  @Override
  public AccountRepository accounts() {
    return new Accounts();
  }

  @Override
  public Ledger ledger() {
    return new LockedLedger();
  }

  @Override
  public EntryRepository entries() {
    return new Entries();
  }

  @Override
  public TransferRepository transfers() {
    return new Transfers();
  }

  @Override
  public AnswerRepository answers() {
    return new Answers();
  }

  @Override
  public LedgerRecords records() {
    return new Records();
  }

  @Override
  public Transactions transactions() {
    return new OneAfterTheOther();
  }

  /** Replaces an account, to bring about a state that no port leads to. */
  public void put(Account account) {
    inTransaction(() -> put(accounts, account.id(), account));
  }

  private <T> T inTransaction(Supplier<T> work) {
    lock.lock();
    boolean outermost = lock.getHoldCount() == 1;
    boolean completed = false;
    try {
      T result = work.get();
      completed = true;
      return result;
    } finally {
      if (outermost) {
        if (!completed) {
          journal.forEach(Runnable::run);
        }
        journal.clear();
        locked.clear();
      }
      lock.unlock();
    }
  }

  private <K, V> V put(Map<K, V> map, K key, V value) {
    V previous = map.put(key, value);
    journal.push(
        () -> {
          if (previous == null) {
            map.remove(key);
          } else {
            map.put(key, previous);
          }
        });
    return value;
  }

  private <K, V> void remove(Map<K, V> map, K key) {
    V previous = map.remove(key);
    if (previous != null) {
      journal.push(() -> map.put(key, previous));
    }
  }

  private NavigableMap<Long, Entry> entriesOf(AccountId account) {
    return entries.computeIfAbsent(account, id -> new TreeMap<>());
  }

  private void requireTransaction() {
    if (!lock.isHeldByCurrentThread()) {
      throw new IllegalStateException("this is for use within a transaction");
    }
  }

  private final class OneAfterTheOther implements Transactions {
    @Override
    public <T> T inTransaction(Supplier<T> work) {
      return InMemoryStores.this.inTransaction(work);
    }

    @Override
    public <T> T inRepeatableTransaction(Supplier<T> work) {
      // There is no connection to lose, and nobody can come first.
      return InMemoryStores.this.inTransaction(work);
    }
  }

  private final class Users implements UserRepository {
    @Override
    public Insertion insert(User user) {
      return inTransaction(
          () -> {
            if (users.containsKey(user.username())) {
              return Insertion.USERNAME_TAKEN;
            }
            if (users.values().stream().anyMatch(other -> other.email().equals(user.email()))) {
              return Insertion.EMAIL_TAKEN;
            }
            put(users, user.username(), user);
            return Insertion.INSERTED;
          });
    }

    @Override
    public Optional<User> find(Username username) {
      return inTransaction(() -> Optional.ofNullable(users.get(username)));
    }

    @Override
    public Optional<User> lock(Username username) {
      requireTransaction();
      return find(username);
    }

    @Override
    public boolean update(User user) {
      requireTransaction();
      requireUser(user.username());
      boolean taken =
          users.values().stream()
              .filter(other -> !other.username().equals(user.username()))
              .anyMatch(other -> other.email().equals(user.email()));
      if (!taken) {
        put(users, user.username(), user);
      }
      return !taken;
    }

    @Override
    public List<User> list(long offset, int limit) {
      return inTransaction(
          () ->
              users.values().stream()
                  .sorted(Comparator.comparing(user -> user.username().value()))
                  .skip(offset)
                  .limit(limit)
                  .toList());
    }
  }

  private final class Sessions implements SessionRepository {
    @Override
    public void insert(Session session) {
      inTransaction(
          () -> {
            requireUser(session.username());
            if (sessions.containsKey(session.id())) {
              throw new IllegalStateException("there is a session " + session.id());
            }
            return put(sessions, session.id(), session);
          });
    }

    @Override
    public void insert(RefreshToken token) {
      inTransaction(
          () -> {
            if (!sessions.containsKey(token.session()) || refreshTokens.containsKey(token.hash())) {
              throw new IllegalStateException("no session, or no new token: " + token);
            }
            return put(refreshTokens, token.hash(), token);
          });
    }

    @Override
    public Optional<Session> find(UUID id) {
      return inTransaction(() -> Optional.ofNullable(sessions.get(id)));
    }

    @Override
    public Optional<RefreshToken> find(SecretHash hash) {
      return inTransaction(() -> Optional.ofNullable(refreshTokens.get(hash)));
    }

    @Override
    public void retireSiblings(RefreshToken used) {
      requireTransaction();
      refreshTokens.values().stream()
          .filter(token -> token.session().equals(used.session()))
          .filter(token -> token.generation() == used.generation() && !token.equals(used))
          .map(token -> new RefreshToken(token.hash(), token.session(), token.generation() - 1))
          .toList()
          .forEach(retired -> put(refreshTokens, retired.hash(), retired));
    }

    @Override
    public Optional<Session> lock(UUID id) {
      requireTransaction();
      return find(id);
    }

    @Override
    public void update(Session session) {
      requireTransaction();
      if (!sessions.containsKey(session.id())) {
        throw new IllegalStateException("there is no session " + session.id());
      }
      put(sessions, session.id(), session);
    }

    @Override
    public List<Session> listLive(Username username, Instant now) {
      return inTransaction(
          () ->
              sessions.values().stream()
                  .filter(session -> session.username().equals(username))
                  .filter(session -> session.isLive(now))
                  .sorted(Comparator.comparing(Session::createdAt).reversed())
                  .toList());
    }

    @Override
    public List<UUID> endAll(Username username, @Nullable UUID except, Instant at) {
      return inTransaction(
          () -> {
            List<Session> ended =
                listLive(username, at).stream()
                    .filter(session -> !session.id().equals(except))
                    .toList();
            ended.forEach(session -> put(sessions, session.id(), session.ended(at)));
            return ended.stream().map(Session::id).toList();
          });
    }

    @Override
    public List<Session> endedSince(Instant since) {
      return inTransaction(
          () ->
              sessions.values().stream()
                  .filter(session -> endOf(session).isPresent())
                  .filter(session -> !endOf(session).orElseThrow().isBefore(since))
                  .sorted(Comparator.comparing(session -> endOf(session).orElseThrow()))
                  .toList());
    }

    @Override
    public int removeExpiredBefore(Instant time) {
      return inTransaction(
          () -> {
            List<UUID> expired =
                sessions.values().stream()
                    .filter(session -> session.expiresAt().isBefore(time))
                    .map(Session::id)
                    .toList();
            refreshTokens.values().stream()
                .filter(token -> expired.contains(token.session()))
                .toList()
                .forEach(token -> remove(refreshTokens, token.hash()));
            expired.forEach(id -> remove(sessions, id));
            return expired.size();
          });
    }

    private static Optional<Instant> endOf(Session session) {
      return Optional.ofNullable(session.endedAt());
    }
  }

  private final class FailedLogins implements AttemptRepository {
    @Override
    public List<Attempts> lock(Collection<AttemptKey> keys, Instant now) {
      requireTransaction();
      return keys.stream().map(key -> attempts.getOrDefault(key, Attempts.none(key, now))).toList();
    }

    @Override
    public void update(Collection<Attempts> changed) {
      requireTransaction();
      changed.forEach(attempt -> put(attempts, attempt.key(), attempt));
    }

    @Override
    public int removeOlderThan(Instant time) {
      return inTransaction(
          () -> {
            List<Attempts> old =
                attempts.values().stream().filter(a -> a.lastAt().isBefore(time)).toList();
            old.forEach(attempt -> remove(attempts, attempt.key()));
            return old.size();
          });
    }
  }

  private final class Verifications implements EmailVerificationRepository {
    @Override
    public EmailVerification insert(Username username, EmailAddress email, Instant at) {
      return inTransaction(
          () -> {
            requireUser(username);
            VerificationId id = new VerificationId(++lastVerification);
            return put(verifications, id, EmailVerification.requested(id, username, email, at));
          });
    }

    @Override
    public Optional<EmailVerification> lock(VerificationId id) {
      requireTransaction();
      return Optional.ofNullable(verifications.get(id));
    }

    @Override
    public void update(EmailVerification verification) {
      requireTransaction();
      if (!verifications.containsKey(verification.id())) {
        throw new IllegalStateException("there is no verification " + verification.id());
      }
      put(verifications, verification.id(), verification);
    }

    @Override
    public Optional<EmailVerification> findLatest(Username username) {
      return inTransaction(
          () ->
              verifications.values().stream()
                  .filter(verification -> verification.username().equals(username))
                  .max(Comparator.comparingLong(verification -> verification.id().value())));
    }

    @Override
    public int removeOlderThan(Instant time) {
      return inTransaction(
          () -> {
            List<VerificationId> old =
                verifications.values().stream()
                    .filter(verification -> verification.requestedAt().isBefore(time))
                    .map(EmailVerification::id)
                    .toList();
            old.forEach(id -> remove(verifications, id));
            return old.size();
          });
    }
  }

  private final class Accounts implements AccountRepository {
    @Override
    public Optional<Account> open(Owner owner, Currency currency, Instant at) {
      return inTransaction(
          () -> {
            if (owner instanceof Owner.Customer customer) {
              requireUser(customer.username());
            }
            if (of(owner, currency).isPresent()) {
              return Optional.empty();
            }
            AccountId id = new AccountId(++lastAccount);
            return Optional.of(put(accounts, id, Account.opened(id, owner, currency, at)));
          });
    }

    @Override
    public Optional<Account> find(AccountId id) {
      return inTransaction(() -> Optional.ofNullable(accounts.get(id)));
    }

    @Override
    public Optional<Account> lock(AccountId id) {
      requireTransaction();
      Optional<Account> found = find(id);
      found.ifPresent(account -> locked.add(account.id()));
      return found;
    }

    @Override
    public void update(Account account) {
      requireTransaction();
      if (!locked.contains(account.id())) {
        throw new IllegalStateException("not locked: " + account.id());
      }
      put(accounts, account.id(), account);
    }

    @Override
    public CompletionStage<Optional<Account>> find(AccountId id, Instant at) {
      return CompletableFuture.completedStage(
          inTransaction(() -> find(id).map(account -> shown(account, at))));
    }

    private static Money sum(Account account, Stream<Transfer> of) {
      return of.map(Transfer::amount).reduce(Money.zero(account.currency()), Money::plus);
    }

    private Account shown(Account account, Instant at) {
      Stream<Transfer> expired =
          transfers.values().stream()
              .filter(transfer -> transfer.from().equals(account.id()))
              .filter(transfer -> isExpired(transfer, at));
      return account.withReleased(sum(account, expired), account.lastPostedAt());
    }

    @Override
    public Optional<AccountId> findSettlementAccount(Currency currency) {
      return inTransaction(() -> of(Owner.bank(), currency).map(Account::id));
    }

    @Override
    public List<Account> list(Username owner, long offset, int limit, Instant at) {
      return inTransaction(
          () ->
              accounts.values().stream()
                  .filter(account -> account.isOwnedBy(owner))
                  .skip(offset)
                  .limit(limit)
                  .map(account -> shown(account, at))
                  .toList());
    }

    private Optional<Account> of(Owner owner, Currency currency) {
      return accounts.values().stream()
          .filter(account -> account.owner().equals(owner))
          .filter(account -> account.currency().equals(currency))
          .filter(account -> account.status() != AccountStatus.CLOSED)
          .findFirst();
    }
  }

  private void requireUser(Username username) {
    if (!users.containsKey(username)) {
      throw new IllegalStateException("there is no user " + username.value());
    }
  }

  /** Whether it is still pending although its time has come. */
  private static boolean isExpired(Transfer transfer, Instant at) {
    return transfer.asOf(at).status() != transfer.status();
  }

  private final class Transfers implements TransferRepository {
    @Override
    public Optional<Transfer> find(TransferId id) {
      return inTransaction(() -> Optional.ofNullable(transfers.get(id)));
    }

    @Override
    public List<Transfer> list(AccountId account, int limit, @Nullable TransferId before) {
      return inTransaction(
          () ->
              transfers.values().stream()
                  .filter(transfer -> List.of(transfer.from(), transfer.to()).contains(account))
                  .filter(transfer -> before == null || transfer.id().value() < before.value())
                  .sorted(
                      Comparator.<Transfer>comparingLong(transfer -> transfer.id().value())
                          .reversed())
                  .limit(limit)
                  .toList());
    }

    @Override
    public List<AccountId> findPayersOfExpired(Instant at, int limit) {
      return inTransaction(
          () ->
              transfers.values().stream()
                  .filter(transfer -> isExpired(transfer, at))
                  .map(Transfer::from)
                  .distinct()
                  .limit(limit)
                  .toList());
    }

    @Override
    public BigInteger sumPending(Currency currency) {
      return inTransaction(
          () ->
              accounts.values().stream()
                  .map(Account::pendingDebits)
                  .filter(pending -> pending.currency().equals(currency))
                  .map(pending -> BigInteger.valueOf(pending.minorUnits()))
                  .reduce(BigInteger.ZERO, BigInteger::add));
    }
  }

  private final class Entries implements EntryRepository {
    @Override
    public List<Entry> list(
        AccountId account,
        int limit,
        @Nullable EntryId before,
        @Nullable Instant from,
        @Nullable Instant to) {
      Predicate<Entry> wanted =
          entry ->
              (before == null || entry.id().value() < before.value())
                  && (from == null || !entry.createdAt().isBefore(from))
                  && (to == null || entry.createdAt().isBefore(to));
      return inTransaction(() -> newestFirst(account).filter(wanted).limit(limit).toList());
    }

    @Override
    public Money balance(Account account, Instant at) {
      return inTransaction(
          () ->
              newestFirst(account.id())
                  .filter(entry -> !entry.createdAt().isAfter(at))
                  .map(Entry::balanceAfter)
                  .findFirst()
                  .orElse(Money.zero(account.currency())));
    }

    private Stream<Entry> newestFirst(AccountId account) {
      return entriesOf(account).descendingMap().values().stream();
    }
  }

  private final class Answers implements AnswerRepository {
    @Override
    public List<RememberedAnswer> find(Username user, IdempotencyKey key) {
      return inTransaction(
          () ->
              answers.values().stream()
                  .filter(answer -> answer.key().user().equals(user))
                  .filter(answer -> answer.key().key().equals(key))
                  .sorted(
                      Comparator.comparing(RememberedAnswer::at)
                          .thenComparing(answer -> answer.key().operation().code()))
                  .toList());
    }

    @Override
    public int forgetAnswers(Instant before, int limit) {
      return inTransaction(
          () -> {
            List<ScopedKey> old =
                answers.values().stream()
                    .filter(answer -> answer.at().isBefore(before))
                    .sorted(Comparator.comparing(RememberedAnswer::at))
                    .limit(limit)
                    .map(RememberedAnswer::key)
                    .toList();
            old.forEach(key -> remove(answers, key));
            return old.size();
          });
    }
  }

  private final class LockedLedger implements Ledger {
    @Override
    public Opening open(BatchKey batch, Inquiry inquiry) {
      requireTransaction();
      List<Account> found =
          new TreeSet<>(inquiry.accounts())
              .stream().filter(accounts::containsKey).map(accounts::get).toList();
      found.forEach(account -> locked.add(account.id()));
      long firstTransfer = lastTransfer + 1;
      long firstEntry = lastEntry + 1;
      lastTransfer += inquiry.transfers();
      lastEntry += 2L * inquiry.transfers();
      Numbering numbering =
          new Numbering(
              LongStream.rangeClosed(firstTransfer, lastTransfer).iterator(),
              LongStream.rangeClosed(firstEntry, lastEntry).iterator());
      Map<ScopedKey, RememberedAnswer> remembered = new HashMap<>(answers);
      remembered.keySet().retainAll(Set.copyOf(inquiry.keys()));
      return new Opening(
          found,
          numbering,
          isWritten(batch),
          remembered,
          reversed(inquiry.originals()),
          pendings(inquiry));
    }

    private List<Transfer> pendings(Inquiry inquiry) {
      return transfers.values().stream()
          .filter(Transfer::wasMadePending)
          .filter(
              transfer ->
                  inquiry.originals().contains(transfer.id())
                      || (inquiry.accounts().contains(transfer.from())
                          && isExpired(transfer, inquiry.horizon())))
          .toList();
    }

    private boolean isWritten(BatchKey key) {
      return batches.values().stream().anyMatch(b -> b.content().key().equals(key.value()));
    }

    private Map<TransferId, Long> reversed(List<TransferId> originals) {
      Map<TransferId, Long> reversed = new HashMap<>();
      for (Transfer transfer : transfers.values()) {
        TransferId original = transfer.reverses();
        if (original != null && originals.contains(original)) {
          reversed.merge(original, transfer.amount().minorUnits(), Math::addExact);
        }
      }
      return reversed;
    }

    @Override
    public void write(BatchKey key, LedgerBatch batch, Collection<RememberedAnswer> newAnswers) {
      requireTransaction();
      if (isWritten(key)) {
        throw new IllegalStateException("written already: " + key);
      }
      SealedBatch last = batches.lastEntry().getValue();
      SealedBatch next = SealedBatch.after(last.head(), BatchContent.of(key, batch));
      put(batches, next.number(), next);
      for (RememberedAnswer answer : newAnswers) {
        if (answers.containsKey(answer.key())) {
          throw new IllegalStateException("there is an answer under " + answer.key());
        }
        requireUser(answer.key().user());
        put(answers, answer.key(), answer);
      }
      for (PostedOrder order : batch.orders()) {
        PostedTransfer posting = order.posting();
        Transfer transfer = posting.transfer();
        put(orderers, transfer.id(), Orderer.of(order));
        if (transfers.containsKey(transfer.id())) {
          throw new IllegalStateException("there is a transfer " + transfer.id());
        }
        put(transfers, transfer.id(), transfer);
        for (Entry entry : List.of(posting.debit(), posting.credit())) {
          put(entriesOf(entry.account()), entry.id().value(), entry);
        }
      }
      for (HeldOrder order : batch.heldOrders()) {
        put(orderers, order.pending().id(), Orderer.of(order));
        put(transfers, order.pending().id(), order.pending());
      }
      for (Resolution resolution : batch.resolutions()) {
        Transfer pending = Optional.ofNullable(transfers.get(resolution.pending())).orElseThrow();
        put(transfers, pending.id(), pending.becoming(resolution.outcome()));
        put(resolutions, pending.id(), resolution);
      }
      for (Account account : batch.changedAccounts()) {
        if (!locked.contains(account.id())) {
          throw new IllegalStateException("not locked: " + account.id());
        }
        put(accounts, account.id(), account);
      }
    }
  }

  private final class Records implements LedgerRecords {
    private static final int PAGE = 10;

    @Override
    public LedgerSnapshot snapshot() {
      return inTransaction(
          () ->
              new LedgerSnapshot(
                  batches.lastEntry().getValue().head(),
                  accounts.values().stream()
                      .map(account -> account.currency().getCurrencyCode())
                      .distinct()
                      .sorted()
                      .map(this::figures)
                      .toList(),
                  findings()));
    }

    @Override
    public List<BatchOnRecord> batches(long after, long upTo) {
      return inTransaction(
          () ->
              batches.subMap(after, false, upTo, true).values().stream()
                  .limit(PAGE)
                  .map(
                      batch ->
                          new BatchOnRecord(
                              batch, transfersOf(batch), entriesOf(batch), resolutionsOf(batch)))
                  .toList());
    }

    private Map<Long, TransferOnRecord> transfersOf(SealedBatch batch) {
      Set<Long> sealed = sealed(batch.content().transfers());
      return transfers.values().stream()
          .filter(transfer -> sealed.contains(transfer.id().value()))
          .map(transfer -> TransferOnRecord.of(transfer, ordererOf(transfer)))
          .collect(Collectors.toMap(TransferOnRecord::id, Function.identity()));
    }

    private Orderer ordererOf(Transfer transfer) {
      return Objects.requireNonNull(orderers.get(transfer.id()));
    }

    private Map<Long, EntryOnRecord> entriesOf(SealedBatch batch) {
      Set<Long> sealed = sealed(batch.content().entries());
      return allEntries()
          .filter(entry -> sealed.contains(entry.id().value()))
          .map(EntryOnRecord::of)
          .collect(Collectors.toMap(EntryOnRecord::id, Function.identity()));
    }

    private Map<Long, ResolutionOnRecord> resolutionsOf(SealedBatch batch) {
      Set<Long> sealed = sealed(batch.content().resolutions());
      return resolutions.values().stream()
          .map(ResolutionOnRecord::of)
          .filter(resolution -> sealed.contains(resolution.pending()))
          .collect(Collectors.toMap(ResolutionOnRecord::pending, Function.identity()));
    }

    private static Set<Long> sealed(List<Seal> seals) {
      return seals.stream().map(Seal::id).collect(Collectors.toSet());
    }

    private Stream<Entry> allEntries() {
      return entries.values().stream().flatMap(ofOne -> ofOne.values().stream());
    }

    private CurrencyFigures figures(String currency) {
      List<Account> ofCurrency =
          accounts.values().stream()
              .filter(account -> account.currency().getCurrencyCode().equals(currency))
              .toList();
      return new CurrencyFigures(
          currency,
          ofCurrency.size(),
          transfers.values().stream()
              .filter(transfer -> transfer.amount().currency().getCurrencyCode().equals(currency))
              .count(),
          ofCurrency.stream().mapToLong(account -> entriesOf(account).size()).sum(),
          sum(ofCurrency.stream().filter(account -> !account.isSettlement()), Account::balance),
          sum(ofCurrency.stream().filter(Account::isSettlement), Account::balance),
          sum(ofCurrency.stream(), Account::pendingDebits));
    }

    private Stream<Transfer> pendingFrom(AccountId payer) {
      return transfers.values().stream()
          .filter(transfer -> transfer.status() == TransferStatus.PENDING)
          .filter(transfer -> transfer.from().equals(payer));
    }

    private List<Entry> entriesOf(Account account) {
      return List.copyOf(InMemoryStores.this.entriesOf(account.id()).values());
    }

    private static <R> BigInteger sum(Stream<R> rows, Function<R, Money> amount) {
      return rows.map(row -> BigInteger.valueOf(amount.apply(row).minorUnits()))
          .reduce(BigInteger.ZERO, BigInteger::add);
    }

    private Findings findings() {
      Findings findings = new Findings();
      for (Account account : accounts.values()) {
        BigInteger balance = BigInteger.valueOf(account.balance().minorUnits());
        BigInteger entered = sum(entriesOf(account).stream(), Entry::amount);
        if (!balance.equals(entered)) {
          findings.add(new Finding.WrongBalance(account.id().value(), balance, entered));
        }
        BigInteger setAside = BigInteger.valueOf(account.pendingDebits().minorUnits());
        BigInteger pending = sum(pendingFrom(account.id()), Transfer::amount);
        if (!setAside.equals(pending)) {
          findings.add(new Finding.WrongPendingDebits(account.id().value(), setAside, pending));
        }
        BigInteger before = BigInteger.ZERO;
        for (Entry entry : entriesOf(account)) {
          BigInteger after = BigInteger.valueOf(entry.balanceAfter().minorUnits());
          if (!after.equals(before.add(BigInteger.valueOf(entry.amount().minorUnits())))) {
            findings.add(new Finding.BrokenBalances(account.id().value(), entry.id().value()));
          }
          before = after;
        }
      }
      allEntries()
          .collect(Collectors.groupingBy(Entry::transfer))
          .forEach(
              (transfer, sides) -> {
                BigInteger sum = sum(sides.stream(), Entry::amount);
                if (sum.signum() != 0) {
                  findings.add(new Finding.UnbalancedTransfer(transfer.value(), sum));
                }
              });
      Set<Long> sealed =
          batches.values().stream()
              .flatMap(batch -> batch.content().transfers().stream())
              .map(Seal::id)
              .collect(Collectors.toSet());
      transfers.keySet().stream()
          .filter(id -> !sealed.contains(id.value()))
          .forEach(id -> findings.add(new Finding.UnsealedTransfer(id.value())));
      // Nothing leads here to missing accounts, or to entries or resolutions without a batch; and
      // what is set aside is not listed a second time.
      return findings;
    }
  }
}
