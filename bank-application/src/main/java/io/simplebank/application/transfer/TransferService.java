package io.simplebank.application.transfer;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.audit.AuditEvent;
import io.simplebank.domain.audit.AuditEvent.Action;
import io.simplebank.domain.port.in.DepositMoney;
import io.simplebank.domain.port.in.TransferMoney;
import io.simplebank.domain.port.in.ViewTransfer;
import io.simplebank.domain.port.in.WithdrawMoney;
import io.simplebank.domain.port.out.AccountRepository;
import io.simplebank.domain.port.out.AuditLog;
import io.simplebank.domain.port.out.Ledger;
import io.simplebank.domain.port.out.Transactions;
import io.simplebank.domain.port.out.TransferRepository;
import io.simplebank.domain.transfer.Decline;
import io.simplebank.domain.transfer.LedgerBatch;
import io.simplebank.domain.transfer.PostedTransfer;
import io.simplebank.domain.transfer.Transfer;
import io.simplebank.domain.transfer.TransferId;
import io.simplebank.domain.transfer.TransferOrder;
import io.simplebank.domain.transfer.TransferOrder.Kind;
import io.simplebank.domain.transfer.TransferOutcome;
import io.simplebank.domain.user.Caller;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/** Moves money: the one path that every transfer, deposit and withdrawal takes. */
public final class TransferService
    implements TransferMoney, DepositMoney, WithdrawMoney, ViewTransfer {
  private final Transactions transactions;
  private final Ledger ledger;
  private final AccountRepository accounts;
  private final TransferRepository transfers;
  private final AuditLog audit;
  private final InstantSource clock;

  /** A service on those stores. */
  public TransferService(
      Transactions transactions,
      Ledger ledger,
      AccountRepository accounts,
      TransferRepository transfers,
      AuditLog audit,
      InstantSource clock) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.accounts = accounts;
    this.transfers = transfers;
    this.audit = audit;
    this.clock = clock;
  }

  @Override
  public TransferOutcome transfer(TransferMoney.Command command) {
    return post(
        new TransferOrder(
            Kind.TRANSFER,
            command.caller(),
            command.from(),
            command.to(),
            command.amount(),
            command.reference()));
  }

  @Override
  public TransferOutcome deposit(DepositMoney.Command command) {
    return postAgainstSettlement(
        command.amount().currency(),
        settlement ->
            new TransferOrder(
                Kind.DEPOSIT,
                command.caller(),
                settlement,
                command.account(),
                command.amount(),
                command.reference()));
  }

  @Override
  public TransferOutcome withdraw(WithdrawMoney.Command command) {
    return postAgainstSettlement(
        command.amount().currency(),
        settlement ->
            new TransferOrder(
                Kind.WITHDRAWAL,
                command.caller(),
                command.account(),
                settlement,
                command.amount(),
                command.reference()));
  }

  @Override
  public Optional<Transfer> view(Caller caller, TransferId id) {
    return transfers
        .find(id)
        .filter(
            transfer ->
                caller.isBanker() || owns(caller, transfer.from()) || owns(caller, transfer.to()));
  }

  /**
   * Decides the orders in turn and posts those that no rule speaks against, all in one transaction.
   *
   * @return one outcome for each order, in their order, durable when this returns
   */
  List<TransferOutcome> post(List<TransferOrder> orders) {
    SortedSet<AccountId> touched = new TreeSet<>();
    for (TransferOrder order : orders) {
      touched.add(order.from());
      touched.add(order.to());
    }
    return transactions.inTransaction(
        () -> {
          List<Account> locked = ledger.lock(touched);
          LedgerBatch batch =
              new LedgerBatch(locked, ledger.number(orders.size()), clock.instant());
          List<TransferOutcome> outcomes = new ArrayList<>(orders.size());
          for (TransferOrder order : orders) {
            outcomes.add(batch.post(order));
          }
          if (!batch.postings().isEmpty()) {
            ledger.write(batch);
          }
          List<AuditEvent> cash = cashEvents(orders, outcomes);
          if (!cash.isEmpty()) {
            audit.record(cash);
          }
          return outcomes;
        });
  }

  /** What bankers did at the counter: the ledger does not say who brought money in or out. */
  private static List<AuditEvent> cashEvents(
      List<TransferOrder> orders, List<TransferOutcome> outcomes) {
    List<AuditEvent> events = new ArrayList<>();
    for (int i = 0; i < orders.size(); i++) {
      TransferOrder order = orders.get(i);
      if (outcomes.get(i) instanceof TransferOutcome.Posted(var posting)) {
        switch (order.kind()) {
          case DEPOSIT -> events.add(cashEvent(order, Action.DEPOSITED, order.to(), posting));
          case WITHDRAWAL -> events.add(cashEvent(order, Action.WITHDRAWN, order.from(), posting));
          case TRANSFER -> {}
        }
      }
    }
    return events;
  }

  private static AuditEvent cashEvent(
      TransferOrder order, Action action, AccountId customer, PostedTransfer posting) {
    return AuditEvent.by(
        order.orderedBy(),
        action,
        "account " + customer.value(),
        "transfer " + posting.transfer().id().value(),
        posting.transfer().createdAt());
  }

  private TransferOutcome postAgainstSettlement(
      Currency currency, Function<AccountId, TransferOrder> order) {
    return accounts
        .findSettlementAccount(currency)
        .map(settlement -> post(order.apply(settlement)))
        .orElseGet(() -> new TransferOutcome.Declined(new Decline.CurrencyNotOffered(currency)));
  }

  private TransferOutcome post(TransferOrder order) {
    return post(List.of(order)).getFirst();
  }

  private boolean owns(Caller caller, AccountId id) {
    return accounts.find(id).filter(account -> account.isOwnedBy(caller.username())).isPresent();
  }
}
