package io.simplebank.domain.port.out;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.Owner;
import io.simplebank.domain.idempotency.BatchKey;
import io.simplebank.domain.idempotency.IdempotencyKey;
import io.simplebank.domain.idempotency.RememberedAnswer;
import io.simplebank.domain.idempotency.ScopedKey;
import io.simplebank.domain.session.Session;
import io.simplebank.domain.transfer.Entry;
import io.simplebank.domain.transfer.EntryId;
import io.simplebank.domain.transfer.LedgerBatch;
import io.simplebank.domain.transfer.Numbering;
import io.simplebank.domain.transfer.PostedTransfer;
import io.simplebank.domain.transfer.Transfer;
import io.simplebank.domain.transfer.TransferId;
import io.simplebank.domain.user.User;
import io.simplebank.domain.user.Username;
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
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.LongStream;
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
  private final NavigableMap<AccountId, Account> accounts = new TreeMap<>();
  private final Map<TransferId, Transfer> transfers = new HashMap<>();
  private final Map<AccountId, NavigableMap<Long, Entry>> entries = new HashMap<>();
  private final Map<ScopedKey, RememberedAnswer> answers = new HashMap<>();
  private final Map<BatchKey, Instant> batches = new HashMap<>();
  private final Deque<Runnable> journal = new ArrayDeque<>();
  private final Set<AccountId> locked = new HashSet<>();
  // Like a sequence of a database, these are not taken back: no number is used twice.
  private long lastAccount;
  private long lastTransfer;
  private long lastEntry;

  /** A bank of which nothing is known yet. */
  public InMemoryStores() {}

  @Override
  public UserRepository users() {
    return new Users();
  }

  @Override
  public SessionRepository sessions() {
    return new Sessions();
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
    return this::listEntries;
  }

  @Override
  public TransferRepository transfers() {
    return id -> inTransaction(() -> Optional.ofNullable(transfers.get(id)));
  }

  @Override
  public AnswerRepository answers() {
    return new Answers();
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

  private List<Entry> listEntries(
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
    return inTransaction(
        () ->
            entriesOf(account).descendingMap().values().stream()
                .filter(wanted)
                .limit(limit)
                .toList());
  }

  private NavigableMap<Long, Entry> entriesOf(AccountId account) {
    return entries.computeIfAbsent(account, id -> new TreeMap<>());
  }

  private void requireTransaction() {
    if (!lock.isHeldByCurrentThread()) {
      throw new IllegalStateException("the ledger is for use within a transaction");
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
    public Optional<Session> find(UUID id) {
      return inTransaction(() -> Optional.ofNullable(sessions.get(id)));
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
    public Optional<AccountId> findSettlementAccount(Currency currency) {
      return inTransaction(() -> of(Owner.bank(), currency).map(Account::id));
    }

    @Override
    public List<Account> list(Username owner, long offset, int limit) {
      return inTransaction(
          () ->
              accounts.values().stream()
                  .filter(account -> account.isOwnedBy(owner))
                  .skip(offset)
                  .limit(limit)
                  .toList());
    }

    private Optional<Account> of(Owner owner, Currency currency) {
      return accounts.values().stream()
          .filter(account -> account.owner().equals(owner))
          .filter(account -> account.currency().equals(currency))
          .findFirst();
    }
  }

  private void requireUser(Username username) {
    if (!users.containsKey(username)) {
      throw new IllegalStateException("there is no user " + username.value());
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

    @Override
    public int forgetBatches(Instant before, int limit) {
      return inTransaction(
          () -> {
            List<BatchKey> old =
                batches.entrySet().stream()
                    .filter(batch -> batch.getValue().isBefore(before))
                    .sorted(Map.Entry.comparingByValue())
                    .limit(limit)
                    .map(Map.Entry::getKey)
                    .toList();
            old.forEach(key -> remove(batches, key));
            return old.size();
          });
    }
  }

  private final class LockedLedger implements Ledger {
    @Override
    public List<Account> lock(Collection<AccountId> ids) {
      requireTransaction();
      List<Account> found =
          new TreeSet<>(ids).stream().filter(accounts::containsKey).map(accounts::get).toList();
      found.forEach(account -> locked.add(account.id()));
      return found;
    }

    @Override
    public Opening open(BatchKey batch, Inquiry inquiry) {
      requireTransaction();
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
          numbering, batches.containsKey(batch), remembered, reversed(inquiry.originals()));
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
      if (batches.containsKey(key)) {
        throw new IllegalStateException("written already: " + key);
      }
      put(batches, key, batch.time());
      for (RememberedAnswer answer : newAnswers) {
        if (answers.containsKey(answer.key())) {
          throw new IllegalStateException("there is an answer under " + answer.key());
        }
        requireUser(answer.key().user());
        put(answers, answer.key(), answer);
      }
      for (PostedTransfer posting : batch.postings()) {
        Transfer transfer = posting.transfer();
        if (transfers.containsKey(transfer.id())) {
          throw new IllegalStateException("there is a transfer " + transfer.id());
        }
        put(transfers, transfer.id(), transfer);
        for (Entry entry : List.of(posting.debit(), posting.credit())) {
          put(entriesOf(entry.account()), entry.id().value(), entry);
        }
      }
      for (Account account : batch.changedAccounts()) {
        if (!locked.contains(account.id())) {
          throw new IllegalStateException("not locked: " + account.id());
        }
        put(accounts, account.id(), account);
      }
    }
  }
}
