package io.simplebank.application.account;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.account.Owner;
import io.simplebank.domain.port.in.ListAccounts;
import io.simplebank.domain.port.in.ListEntries;
import io.simplebank.domain.port.in.OpenAccount;
import io.simplebank.domain.port.in.ViewAccount;
import io.simplebank.domain.port.in.ViewBalance;
import io.simplebank.domain.port.out.AccountRepository;
import io.simplebank.domain.port.out.EntryRepository;
import io.simplebank.domain.transfer.Entry;
import io.simplebank.domain.transfer.EntryId;
import io.simplebank.domain.user.Caller;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Opens accounts and shows them to those who may see them. */
public final class AccountService
    implements OpenAccount, ViewAccount, ViewBalance, ListAccounts, ListEntries {
  private final AccountRepository accounts;
  private final EntryRepository entries;
  private final InstantSource clock;
  private final Set<Currency> currencies;

  /**
   * A service on those stores.
   *
   * @param currencies what accounts may be kept in
   */
  public AccountService(
      AccountRepository accounts,
      EntryRepository entries,
      InstantSource clock,
      Set<Currency> currencies) {
    this.accounts = accounts;
    this.entries = entries;
    this.clock = clock;
    this.currencies = Set.copyOf(currencies);
  }

  /** Makes sure that the bank has a settlement account in each currency that it offers. */
  public void ensureSettlementAccounts() {
    for (Currency currency : currencies) {
      if (accounts.findSettlementAccount(currency).isEmpty()) {
        // Another server may be starting too: whoever is first opens it.
        accounts.open(Owner.bank(), currency, clock.instant());
      }
    }
  }

  @Override
  public OpenAccount.Outcome open(Command command) {
    Currency currency = command.currency();
    if (!currencies.contains(currency)) {
      return new OpenAccount.Outcome.CurrencyNotOffered(currency);
    }
    Owner owner = Owner.customer(command.caller().username());
    return accounts
        .open(owner, currency, clock.instant())
        .<OpenAccount.Outcome>map(OpenAccount.Outcome.Opened::new)
        .orElseGet(() -> new OpenAccount.Outcome.AlreadyOpen(currency));
  }

  @Override
  public CompletionStage<Optional<Account>> view(Caller caller, AccountId id) {
    return accounts
        .find(id, clock.instant())
        .thenApply(found -> found.filter(account -> account.isVisibleTo(caller)));
  }

  @Override
  public Optional<Balance> view(ViewBalance.Query query) {
    return visible(query.caller(), query.account()).map(account -> balance(account, query.at()));
  }

  private Balance balance(Account account, @Nullable Instant wanted) {
    // The clock of another server may be ahead: what is posted is not in the future.
    Instant latest = account.lastPostedAt();
    Instant reading = clock.instant();
    Instant now = latest.isAfter(reading) ? latest : reading;
    Instant at = wanted == null || wanted.isAfter(now) ? now : wanted;
    return new Balance(account.id(), entries.balance(account, at), at);
  }

  @Override
  public List<Account> list(ListAccounts.Query query) {
    long offset = (query.page() - 1L) * query.pageSize();
    return accounts.list(query.caller().username(), offset, query.pageSize(), clock.instant());
  }

  @Override
  public Optional<Page> list(ListEntries.Query query) {
    return visible(query.caller(), query.account()).map(account -> page(query));
  }

  private Optional<Account> visible(Caller caller, AccountId id) {
    return accounts.find(id).filter(account -> account.isVisibleTo(caller));
  }

  private Page page(ListEntries.Query query) {
    // One more than asked for tells whether there is a next page.
    List<Entry> found =
        entries.list(query.account(), query.limit() + 1, query.before(), query.from(), query.to());
    if (found.size() <= query.limit()) {
      return new Page(found, Optional.empty());
    }
    List<Entry> page = found.subList(0, query.limit());
    EntryId next = page.getLast().id();
    return new Page(page, Optional.of(next));
  }
}
