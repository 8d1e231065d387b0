package io.simplebank.application.transfer;

import io.simplebank.application.transfer.Request.Ticket;
import io.simplebank.domain.account.Account;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.audit.AuditEvent;
import io.simplebank.domain.audit.AuditEvent.Action;
import io.simplebank.domain.idempotency.Answer;
import io.simplebank.domain.idempotency.AnswerBook;
import io.simplebank.domain.idempotency.BatchKey;
import io.simplebank.domain.idempotency.Fingerprint;
import io.simplebank.domain.idempotency.Once;
import io.simplebank.domain.idempotency.Operation;
import io.simplebank.domain.idempotency.Reply;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.port.in.DepositMoney;
import io.simplebank.domain.port.in.ExpirePending;
import io.simplebank.domain.port.in.ListTransfers;
import io.simplebank.domain.port.in.PostPending;
import io.simplebank.domain.port.in.ReverseTransfer;
import io.simplebank.domain.port.in.TransferInBatch;
import io.simplebank.domain.port.in.TransferMoney;
import io.simplebank.domain.port.in.ViewTransfer;
import io.simplebank.domain.port.in.VoidPending;
import io.simplebank.domain.port.in.WithdrawMoney;
import io.simplebank.domain.port.out.AccountRepository;
import io.simplebank.domain.port.out.AuditLog;
import io.simplebank.domain.port.out.Ledger;
import io.simplebank.domain.port.out.Transactions;
import io.simplebank.domain.port.out.TransferRepository;
import io.simplebank.domain.transfer.Decline;
import io.simplebank.domain.transfer.LedgerBatch;
import io.simplebank.domain.transfer.PendingOrder;
import io.simplebank.domain.transfer.PendingRule;
import io.simplebank.domain.transfer.PostOrder;
import io.simplebank.domain.transfer.Reference;
import io.simplebank.domain.transfer.ReversalOrder;
import io.simplebank.domain.transfer.ReversalRule;
import io.simplebank.domain.transfer.Transfer;
import io.simplebank.domain.transfer.TransferId;
import io.simplebank.domain.transfer.TransferOrder;
import io.simplebank.domain.transfer.TransferOrder.Kind;
import io.simplebank.domain.transfer.TransferOutcome;
import io.simplebank.domain.transfer.VoidOrder;
import io.simplebank.domain.user.Caller;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Moves money: the one path that every transfer, deposit, withdrawal and reversal takes, and all
 * that is set aside, settled and released.
 */
public final class TransferService
    implements TransferMoney,
        TransferInBatch,
        DepositMoney,
        WithdrawMoney,
        ReverseTransfer,
        PostPending,
        VoidPending,
        ExpirePending,
        ViewTransfer,
        ListTransfers,
        AutoCloseable {
  /** So many accounts at once that a portion takes milliseconds and holds nobody up for long. */
  static final int PORTION = 100;

  /**
   * What expires so soon is asked for before the locks are had, in the same round trip, because the
   * time of a batch is not known before. Whoever has to wait longer for the locks asks once more.
   */
  static final Duration FORESIGHT = Duration.ofMinutes(1);

  private static final Answer TO_NOBODY = new Answer(0, "");

  private final Transactions transactions;
  private final Ledger ledger;
  private final AccountRepository accounts;
  private final TransferRepository transfers;
  private final AuditLog audit;
  private final InstantSource clock;
  private final GroupCommit<Request, Reply> groups;

  /** A service on those stores, with the usual limits. */
  public TransferService(
      Transactions transactions,
      Ledger ledger,
      AccountRepository accounts,
      TransferRepository transfers,
      AuditLog audit,
      InstantSource clock) {
    this(
        transactions,
        ledger,
        accounts,
        transfers,
        audit,
        clock,
        GroupCommit.Limits.USUAL,
        group -> {});
  }

  /**
   * A service on those stores.
   *
   * @param limits how much is taken on at a time
   * @param observer is told of every group that was written
   */
  public TransferService(
      Transactions transactions,
      Ledger ledger,
      AccountRepository accounts,
      TransferRepository transfers,
      AuditLog audit,
      InstantSource clock,
      GroupCommit.Limits limits,
      Consumer<GroupCommit.Group> observer) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.accounts = accounts;
    this.transfers = transfers;
    this.audit = audit;
    this.clock = clock;
    this.groups =
        new GroupCommit<>(this::attempt, Request::transfers, limits, observer, System::nanoTime);
  }

  @Override
  public CompletionStage<Reply> transfer(
      TransferMoney.Command command, Once<TransferOutcome> once) {
    Supplier<Fingerprint> asked =
        () -> {
          List<@Nullable Object> parts = new ArrayList<>();
          addTo(
              parts,
              command.from(),
              command.to(),
              command.amount(),
              command.reference(),
              command.pendingFor());
          return fingerprint(parts);
        };
    TransferOrder order =
        new TransferOrder(
            Kind.TRANSFER,
            command.caller(),
            command.from(),
            command.to(),
            command.amount(),
            command.reference(),
            command.pendingFor());
    return groups.submit(
        request(order, Ticket.of(command.caller(), Operation.TRANSFER, once.key(), asked), once));
  }

  @Override
  public Reply transfer(TransferInBatch.Command command, Once<List<TransferOutcome>> once) {
    List<TransferOrder> orders = new ArrayList<>();
    List<AccountId> touched = new ArrayList<>();
    for (TransferInBatch.Item item : command.transfers()) {
      orders.add(
          new TransferOrder(
              Kind.TRANSFER,
              command.caller(),
              item.from(),
              item.to(),
              item.amount(),
              item.reference(),
              item.pendingFor()));
      touched.add(item.from());
      touched.add(item.to());
    }
    Supplier<Fingerprint> asked =
        () -> {
          List<@Nullable Object> parts = new ArrayList<>();
          parts.add(command.atomic());
          for (TransferInBatch.Item item : command.transfers()) {
            addTo(
                parts, item.from(), item.to(), item.amount(), item.reference(), item.pendingFor());
          }
          return fingerprint(parts);
        };
    Function<LedgerBatch, List<TransferOutcome>> decision =
        batch ->
            command.atomic()
                ? batch.postAllOrNone(orders)
                : orders.stream().map(batch::post).toList();
    return post(
        new Request(
            touched,
            List.of(),
            orders.size(),
            Ticket.of(command.caller(), Operation.BATCH, once.key(), asked),
            // Customers' own transfers: the ledger itself says who made them.
            (batch, events) -> once.rendering().apply(decision.apply(batch))));
  }

  @Override
  public Reply deposit(DepositMoney.Command command, Once<TransferOutcome> once) {
    if (!Kind.DEPOSIT.isFor(command.caller())) {
      return forbid(new Decline.BankersOnly(), once);
    }
    Supplier<Fingerprint> asked =
        () -> asked(command.account(), command.amount(), command.reference());
    return postAgainstSettlement(
        command.amount(),
        Ticket.of(command.caller(), Operation.DEPOSIT, once.key(), asked),
        once,
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
  public Reply withdraw(WithdrawMoney.Command command, Once<TransferOutcome> once) {
    if (!Kind.WITHDRAWAL.isFor(command.caller())) {
      return forbid(new Decline.BankersOnly(), once);
    }
    Supplier<Fingerprint> asked =
        () -> asked(command.account(), command.amount(), command.reference());
    return postAgainstSettlement(
        command.amount(),
        Ticket.of(command.caller(), Operation.WITHDRAWAL, once.key(), asked),
        once,
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
  public Reply reverse(ReverseTransfer.Command command, Once<TransferOutcome> once) {
    Supplier<Fingerprint> asked =
        () ->
            Fingerprint.of(command.transfer().value(), command.amount(), text(command.reference()));
    Optional<Ticket> ticket = Ticket.of(command.caller(), Operation.REVERSAL, once.key(), asked);
    return view(command.caller(), command.transfer())
        .map(original -> reverse(original, command, ticket, once))
        .orElseGet(() -> decline(new Decline.TransferNotFound(command.transfer()), ticket, once));
  }

  private Reply reverse(
      Transfer original,
      ReverseTransfer.Command command,
      Optional<Ticket> ticket,
      Once<TransferOutcome> once) {
    Long amount = command.amount();
    ReversalOrder order =
        new ReversalOrder(
            command.caller(),
            original,
            amount == null ? null : new Money(amount, original.amount().currency()),
            command.reference());
    Optional<Decline> forbidden =
        ReversalRule.authorization(order, existing(original.from()), existing(original.to()));
    if (forbidden.isPresent()) {
      return forbid(forbidden.get(), once);
    }
    return post(
        new Request(
            List.of(original.from(), original.to()),
            List.of(original.id()),
            1,
            ticket,
            (batch, events) -> {
              TransferOutcome outcome = batch.reverse(order);
              staffEvent(order, outcome).ifPresent(events);
              return once.rendering().apply(outcome);
            }));
  }

  @Override
  public Reply post(PostPending.Command command, Once<TransferOutcome> once) {
    Supplier<Fingerprint> asked =
        () -> Fingerprint.of(command.transfer().value(), command.amount());
    Optional<Ticket> ticket = Ticket.of(command.caller(), Operation.POST, once.key(), asked);
    Long amount = command.amount();
    return resolve(
        command.caller(),
        command.transfer(),
        ticket,
        once,
        pending ->
            new PostOrder(
                command.caller(),
                pending,
                amount == null ? null : new Money(amount, pending.amount().currency())));
  }

  @Override
  public Reply release(VoidPending.Command command, Once<TransferOutcome> once) {
    Supplier<Fingerprint> asked = () -> Fingerprint.of(command.transfer().value());
    Optional<Ticket> ticket = Ticket.of(command.caller(), Operation.VOID, once.key(), asked);
    return resolve(
        command.caller(),
        command.transfer(),
        ticket,
        once,
        pending -> new VoidOrder(command.caller(), pending));
  }

  private Reply resolve(
      Caller caller,
      TransferId id,
      Optional<Ticket> ticket,
      Once<TransferOutcome> once,
      Function<Transfer, PendingOrder> order) {
    return view(caller, id)
        .map(pending -> resolve(order.apply(pending), ticket, once))
        .orElseGet(() -> decline(new Decline.TransferNotFound(id), ticket, once));
  }

  private Reply resolve(PendingOrder order, Optional<Ticket> ticket, Once<TransferOutcome> once) {
    Transfer pending = order.pending();
    Account payer = existing(pending.from());
    Optional<Decline> forbidden = PendingRule.authorization(order, payer, existing(pending.to()));
    if (forbidden.isPresent()) {
      return forbid(forbidden.get(), once);
    }
    return post(
        new Request(
            List.of(pending.from(), pending.to()),
            List.of(pending.id()),
            1,
            ticket,
            (batch, events) -> {
              TransferOutcome outcome =
                  switch (order) {
                    case PostOrder post -> batch.post(post);
                    case VoidOrder release -> batch.release(release);
                  };
              if (!payer.isOwnedBy(order.orderedBy().username())) {
                staffEvent(order, outcome, batch.time()).ifPresent(events);
              }
              return once.rendering().apply(outcome);
            }));
  }

  @Override
  public boolean expireSome() {
    List<AccountId> payers = transfers.findPayersOfExpired(clock.instant(), PORTION);
    expireOn(payers);
    return payers.size() == PORTION;
  }

  /** Writes down which pending transfers have expired on that account, if there is one. */
  public void expireOn(AccountId account) {
    expireOn(List.of(account));
  }

  /** To touch an account is enough: every batch releases what has expired on it. */
  private void expireOn(List<AccountId> payers) {
    if (!payers.isEmpty()) {
      post(
          List.of(
              new Request(payers, List.of(), 0, Optional.empty(), (batch, events) -> TO_NOBODY)));
    }
  }

  @Override
  public Optional<Transfer> view(Caller caller, TransferId id) {
    return transfers
        .find(id)
        .filter(
            transfer ->
                caller.isBanker() || owns(caller, transfer.from()) || owns(caller, transfer.to()))
        .map(transfer -> transfer.asOf(clock.instant()));
  }

  @Override
  public Optional<Page> list(ListTransfers.Query query) {
    return accounts
        .find(query.account())
        .filter(account -> account.isVisibleTo(query.caller()))
        .map(account -> page(query));
  }

  private Page page(ListTransfers.Query query) {
    Instant now = clock.instant();
    // One more than asked for tells whether there is a next page.
    List<Transfer> found =
        transfers.list(query.account(), query.limit() + 1, query.before()).stream()
            .map(transfer -> transfer.asOf(now))
            .toList();
    if (found.size() <= query.limit()) {
      return new Page(found, Optional.empty());
    }
    List<Transfer> page = found.subList(0, query.limit());
    return new Page(page, Optional.of(page.getLast().id()));
  }

  /**
   * Decides the requests in turn and posts what no rule speaks against, all in one transaction. A
   * request that has been answered before is told the same again. What bankers did is written down
   * in the same transaction, once, however often that is run.
   *
   * @return one reply for each request, in their order, durable when this returns
   */
  List<Reply> post(List<Request> requests) {
    return post(requests, BatchKey.random(), new AtomicReference<>(List.of()));
  }

  /**
   * @param batchKey under which it is written
   * @param written keeps the replies of a run that was ready to be kept
   */
  private List<Reply> post(
      List<Request> requests, BatchKey batchKey, AtomicReference<List<Reply>> written) {
    return transactions.inRepeatableTransaction(
        () -> {
          Ledger.Inquiry inquiry = inquiry(requests, clock.instant().plus(FORESIGHT));
          Ledger.Opening opening = ledger.open(batchKey, inquiry);
          Instant time = LedgerBatch.timeOf(opening.accounts(), clock.instant());
          if (time.isAfter(inquiry.horizon())) {
            // Somebody else has had a lock for long, or has a clock that is ahead.
            opening = ledger.open(batchKey, inquiry.upTo(time));
          }
          if (opening.written()) {
            // An earlier run was kept, though its commit was not heard of: its replies are good.
            return written.get();
          }
          LedgerBatch batch = opening.batch(time);
          AnswerBook book = new AnswerBook(opening.remembered(), batch.time());
          List<AuditEvent> events = new ArrayList<>();
          List<Reply> replies =
              requests.stream().map(request -> reply(request, batch, book, events::add)).toList();
          if (!events.isEmpty()) {
            audit.record(events);
          }
          if (batch.hasChanges() || !book.additions().isEmpty()) {
            // Last of all: from here to the commit no other batch can be written.
            ledger.write(batchKey, batch, book.additions());
            // Not before: where an earlier run is kept after all, this one cannot be written.
            written.set(replies);
          }
          return replies;
        });
  }

  /** Posts them, and where that fails, finds out whether they may be posted again. */
  private GroupCommit.Attempt<Reply> attempt(List<Request> requests) {
    BatchKey batchKey = BatchKey.random();
    AtomicReference<List<Reply>> written = new AtomicReference<>(List.of());
    try {
      return new GroupCommit.Attempt.Written<>(post(requests, batchKey, written));
    } catch (RejectedExecutionException e) {
      return new GroupCommit.Attempt.Refused<>(e);
    } catch (RuntimeException | Error e) {
      if (written.get().isEmpty()) {
        return new GroupCommit.Attempt.Undone<>(e);
      }
      try {
        return isKept(batchKey)
            ? new GroupCommit.Attempt.Written<>(written.get())
            : new GroupCommit.Attempt.Undone<>(e);
      } catch (RuntimeException still) {
        e.addSuppressed(still);
        return new GroupCommit.Attempt.Unknown<>(e);
      }
    }
  }

  /**
   * Whether a batch was kept, of whose commit nobody has heard. If not, it never will be: its key
   * is used up. In a transaction that is run once, because a second run could not tell whose key it
   * sees.
   */
  private boolean isKept(BatchKey batchKey) {
    return transactions.inTransaction(
        () -> {
          Instant now = clock.instant();
          Ledger.Opening opening = ledger.open(batchKey, Ledger.Inquiry.of(0, List.of(), now));
          if (!opening.written()) {
            ledger.write(batchKey, opening.batch(now), List.of());
          }
          return opening.written();
        });
  }

  /** How many transfers have been ordered that are not being written yet. */
  int waiting() {
    return groups.waiting();
  }

  /** Finishes what has been ordered, and takes no more orders. */
  @Override
  public void close() {
    groups.close();
  }

  /** What a banker did at the counter: the ledger does not say who brought money in or out. */
  private static Optional<AuditEvent> staffEvent(TransferOrder order, TransferOutcome outcome) {
    return switch (order.kind()) {
      case DEPOSIT ->
          staffEvent(order.orderedBy(), Action.DEPOSITED, accountName(order.to()), outcome);
      case WITHDRAWAL ->
          staffEvent(order.orderedBy(), Action.WITHDRAWN, accountName(order.from()), outcome);
      case TRANSFER, REVERSAL, POST_PENDING -> Optional.empty();
    };
  }

  /** What a banker gave back: the ledger does not say that it was not who had received it. */
  private static Optional<AuditEvent> staffEvent(ReversalOrder order, TransferOutcome outcome) {
    return order.orderedBy().isBanker()
        ? staffEvent(order.orderedBy(), Action.REVERSED, transferName(order.original()), outcome)
        : Optional.empty();
  }

  private static Optional<AuditEvent> staffEvent(
      Caller banker, Action action, String subject, TransferOutcome outcome) {
    return switch (outcome) {
      case TransferOutcome.Posted(var posting) ->
          Optional.of(
              AuditEvent.by(
                  banker,
                  action,
                  subject,
                  transferName(posting.transfer()),
                  posting.transfer().createdAt()));
      case TransferOutcome.Pending pending -> Optional.empty();
      case TransferOutcome.Voided voided -> Optional.empty();
      case TransferOutcome.Declined declined -> Optional.empty();
    };
  }

  /** What a banker did to money of somebody else's that is set aside. */
  private static Optional<AuditEvent> staffEvent(
      PendingOrder order, TransferOutcome outcome, Instant time) {
    String subject = transferName(order.pending());
    return switch (order) {
      case PostOrder post -> staffEvent(post.orderedBy(), Action.PENDING_POSTED, subject, outcome);
      case VoidOrder release ->
          outcome instanceof TransferOutcome.Voided
              ? Optional.of(
                  AuditEvent.by(release.orderedBy(), Action.PENDING_VOIDED, subject, "", time))
              : Optional.empty();
    };
  }

  private static String accountName(AccountId account) {
    return "account " + account.value();
  }

  private static String transferName(Transfer transfer) {
    return "transfer " + transfer.id().value();
  }

  private static Ledger.Inquiry inquiry(List<Request> requests, Instant horizon) {
    return new Ledger.Inquiry(
        requests.stream().flatMap(request -> request.accounts().stream()).distinct().toList(),
        requests.stream().mapToInt(Request::transfers).sum(),
        requests.stream().flatMap(request -> request.ticket().stream()).map(Ticket::key).toList(),
        requests.stream().flatMap(request -> request.originals().stream()).toList(),
        horizon);
  }

  private static Reply reply(
      Request request, LedgerBatch batch, AnswerBook book, Consumer<AuditEvent> events) {
    Supplier<Answer> decision = () -> request.decision().apply(batch, events);
    return request
        .ticket()
        .map(
            ticket ->
                book.reply(
                    ticket.key(),
                    ticket.fingerprint(),
                    () -> batch.under(ticket.key().key(), decision)))
        .orElseGet(() -> new Reply.First(decision.get()));
  }

  private Reply postAgainstSettlement(
      Money amount,
      Optional<Ticket> ticket,
      Once<TransferOutcome> once,
      Function<AccountId, TransferOrder> order) {
    return accounts
        .findSettlementAccount(amount.currency())
        .map(settlement -> post(request(order.apply(settlement), ticket, once)))
        .orElseGet(() -> decline(new Decline.CurrencyNotOffered(amount.currency()), ticket, once));
  }

  private static Request request(
      TransferOrder order, Optional<Ticket> ticket, Once<TransferOutcome> once) {
    return new Request(
        List.of(order.from(), order.to()),
        List.of(),
        1,
        ticket,
        (batch, events) -> {
          TransferOutcome outcome = batch.post(order);
          staffEvent(order, outcome).ifPresent(events);
          return once.rendering().apply(outcome);
        });
  }

  /** Declines what there is no order for, and remembers it as if the rules had done so. */
  private Reply decline(Decline reason, Optional<Ticket> ticket, Once<TransferOutcome> once) {
    TransferOutcome declined = new TransferOutcome.Declined(reason);
    return post(
        new Request(
            List.of(), List.of(), 0, ticket, (batch, events) -> once.rendering().apply(declined)));
  }

  /**
   * Asked before it is seen whether the request came before, so that nobody is shown an answer from
   * a time when they were allowed more; and not remembered, because they may be allowed more later.
   */
  private static Reply forbid(Decline reason, Once<TransferOutcome> once) {
    return new Reply.First(once.rendering().apply(new TransferOutcome.Declined(reason)));
  }

  private Reply post(Request request) {
    return groups.post(request);
  }

  /** What a banker asks for at the counter. */
  private static Fingerprint asked(AccountId account, Money amount, @Nullable Reference reference) {
    return Fingerprint.of(
        account.value(), amount.minorUnits(), amount.currency().getCurrencyCode(), text(reference));
  }

  /** What a user asks for in one transfer; what is added later, as being pending was, goes last. */
  private static void addTo(
      List<@Nullable Object> asked,
      AccountId from,
      AccountId to,
      Money amount,
      @Nullable Reference reference,
      @Nullable Duration pendingFor) {
    asked.add(from.value());
    asked.add(to.value());
    asked.add(amount.minorUnits());
    asked.add(amount.currency().getCurrencyCode());
    asked.add(text(reference));
    if (pendingFor != null) {
      asked.add("pending for " + pendingFor);
    }
  }

  private static Fingerprint fingerprint(List<@Nullable Object> asked) {
    return Fingerprint.of(asked.toArray(new @Nullable Object[0]));
  }

  private static @Nullable String text(@Nullable Reference reference) {
    return reference == null ? null : reference.text();
  }

  private Account existing(AccountId id) {
    return accounts
        .find(id)
        .orElseThrow(() -> new IllegalStateException("a transfer names a missing account: " + id));
  }

  private boolean owns(Caller caller, AccountId id) {
    return accounts.find(id).filter(account -> account.isOwnedBy(caller.username())).isPresent();
  }
}
