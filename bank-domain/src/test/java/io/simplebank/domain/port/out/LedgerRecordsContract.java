package io.simplebank.domain.port.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.audit.BatchContent;
import io.simplebank.domain.audit.BatchOnRecord;
import io.simplebank.domain.audit.ChainCheck;
import io.simplebank.domain.audit.ChainHead;
import io.simplebank.domain.audit.CurrencyFigures;
import io.simplebank.domain.audit.Finding;
import io.simplebank.domain.audit.Findings;
import io.simplebank.domain.audit.LedgerSnapshot;
import io.simplebank.domain.audit.Orderer;
import io.simplebank.domain.audit.ResolutionOnRecord;
import io.simplebank.domain.audit.Seal;
import io.simplebank.domain.audit.TransferOnRecord;
import io.simplebank.domain.idempotency.BatchKey;
import io.simplebank.domain.idempotency.IdempotencyKey;
import io.simplebank.domain.money.Money;
import io.simplebank.domain.transfer.LedgerBatch;
import io.simplebank.domain.transfer.LedgerProperty;
import io.simplebank.domain.transfer.Numbering;
import io.simplebank.domain.transfer.PostedTransfer;
import io.simplebank.domain.transfer.Reference;
import io.simplebank.domain.transfer.Resolution;
import io.simplebank.domain.transfer.Transfer;
import io.simplebank.domain.transfer.TransferOrder;
import io.simplebank.domain.transfer.TransferOrder.Kind;
import io.simplebank.domain.transfer.TransferOutcome;
import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.User;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link LedgerRecords} does. Nobody may have written to its store past the ports. */
public abstract class LedgerRecordsContract extends StoresContract {
  /** Currencies of single tests, so that figures are theirs alone. */
  private static final Currency SEK = Currency.getInstance("SEK");

  private static final Currency NOK = Currency.getInstance("NOK");

  /** For the tests of each store that keeps this contract. */
  protected LedgerRecordsContract() {}

  @Test
  void counts_and_sums_each_currency() {
    Account hers = fundedAccount(SEK, 1000);
    Account his = openedAccount(SEK);
    post(NOW, transfer(hers, his, 300), transfer(hers, his, 50));
    post(NOW, withdrawal(his, 10));

    assertThat(stores().records().snapshot().currencies())
        .contains(
            new CurrencyFigures(
                "SEK",
                3,
                4,
                8,
                BigInteger.valueOf(990),
                BigInteger.valueOf(-990),
                BigInteger.ZERO));
  }

  @Test
  void counts_accounts_on_which_nothing_has_happened() {
    openedAccount(NOK);

    assertThat(stores().records().snapshot().currencies())
        .contains(
            new CurrencyFigures("NOK", 1, 0, 0, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO));
  }

  @Test
  void adds_a_link_to_the_chain_for_each_batch() {
    Account from = fundedAccount(EUR, 100);
    Account to = openedAccount(EUR);
    ChainHead before = head();

    List<PostedTransfer> postings = post(NOW, transfer(from, to, 60), transfer(to, from, 5));

    BatchOnRecord link = stores().records().batches(before.number(), Long.MAX_VALUE).getFirst();
    assertThat(link.batch().number()).isEqualTo(before.number() + 1);
    assertThat(link.batch().follows(before.hash())).isTrue();
    assertThat(link.batch().head()).isEqualTo(head());
    BatchContent content = link.batch().content();
    assertThat(content.writtenAt()).isEqualTo(postings.getFirst().transfer().createdAt());
    assertThat(content.transfers())
        .extracting(Seal::id)
        .containsExactlyElementsOf(
            postings.stream().map(posting -> posting.transfer().id().value()).toList());
    assertThat(content.entries())
        .extracting(Seal::id)
        .containsExactlyElementsOf(
            postings.stream()
                .flatMap(p -> List.of(p.debit().id().value(), p.credit().id().value()).stream())
                .toList());
  }

  @Test
  void keeps_who_ordered_a_transfer() {
    User user = registeredUser();
    Account from = openedAccount(user, EUR);
    post(NOW, deposit(from, 100));
    Account to = openedAccount(EUR);
    UUID session = UUID.randomUUID();
    Caller caller =
        new Caller(user.username(), Role.DEPOSITOR, session, "2001:db8::1", "request-1");
    Reference reference = new Reference("{\"für\", NULL, \\}");

    Orderer known = orderer(caller, new IdempotencyKey("key-1"), from, to, reference);
    Orderer hardly = orderer(new Caller(user.username(), Role.DEPOSITOR), null, from, to, null);

    assertThat(known)
        .isEqualTo(
            new Orderer(user.username().value(), session, "2001:db8::1", "request-1", "key-1"));
    assertThat(hardly).isEqualTo(new Orderer(user.username().value(), null, "", "", null));
    assertThat(audit().counts()).isEmpty();
  }

  @Test
  void seals_what_became_of_a_pending_transfer_and_who_released_it() {
    User user = registeredUser();
    Account from = openedAccount(user, EUR);
    post(NOW, deposit(from, 100));
    Account to = openedAccount(EUR);
    Instant start = found(from.id()).lastPostedAt();
    Transfer settled = setAside(start, from, to, 10, Duration.ofDays(1));
    Transfer voided = setAside(start, from, to, 10, Duration.ofDays(1));
    Transfer released = setAside(start, from, to, 10, Duration.ofDays(1));
    Transfer brief = setAside(start, from, to, 10, Duration.ofSeconds(1));
    UUID session = UUID.randomUUID();
    Caller caller =
        new Caller(user.username(), Role.DEPOSITOR, session, "2001:db8::1", "request-1");
    ChainHead before = head();

    assertThat(settle(start, settled, 10)).isInstanceOf(TransferOutcome.Posted.class);
    assertThat(release(start, voided, caller, new IdempotencyKey("key-1")))
        .isInstanceOf(TransferOutcome.Voided.class);
    assertThat(release(start, released)).isInstanceOf(TransferOutcome.Voided.class);
    assertThat(touch(start.plusSeconds(1), List.of(from.id()))).hasSize(1);

    List<BatchOnRecord> links = stores().records().batches(before.number(), Long.MAX_VALUE);
    assertThat(links)
        .extracting(link -> link.batch().content().resolutions().stream().map(Seal::id).toList())
        .containsExactly(
            List.of(settled.id().value()),
            List.of(voided.id().value()),
            List.of(released.id().value()),
            List.of(brief.id().value()));
    assertThat(links.stream().flatMap(link -> link.resolutions().values().stream()).distinct())
        .containsExactlyInAnyOrder(
            new ResolutionOnRecord(settled.id().value(), "posted", start, Orderer.NOBODY),
            new ResolutionOnRecord(
                voided.id().value(),
                "voided",
                start,
                new Orderer(user.username().value(), session, "2001:db8::1", "request-1", "key-1")),
            new ResolutionOnRecord(
                released.id().value(),
                "voided",
                start,
                new Orderer("contract-banker", null, "", "", null)),
            new ResolutionOnRecord(
                brief.id().value(), "expired", start.plusSeconds(1), Orderer.NOBODY));
    assertThat(audit().counts()).isEmpty();
  }

  @Test
  void seals_what_was_set_aside_and_what_settles_it() {
    Account from = fundedAccount(EUR, 100);
    Account to = openedAccount(EUR);
    Instant start = from.lastPostedAt();

    Transfer pending = setAside(start, from, to, 60, Duration.ofDays(1));
    TransferOutcome settled = settle(start, pending, 25);
    Transfer brief = setAside(start, from, to, 10, Duration.ofSeconds(1));

    assertThat(settled).isInstanceOf(TransferOutcome.Posted.class);
    assertThat(touch(start.plusSeconds(1), List.of(from.id())))
        .extracting(Resolution::pending)
        .containsExactly(brief.id());
    assertThat(audit().counts()).isEmpty();
  }

  @Test
  void writes_a_link_for_answers_alone_and_none_for_a_transaction_that_fails() {
    ChainHead before = head();
    LedgerBatch nothing =
        stores().transactions().inTransaction(() -> new LedgerBatch(List.of(), none(), NOW));

    stores()
        .transactions()
        .inTransaction(
            () -> {
              stores().ledger().write(BatchKey.random(), nothing, List.of(answer(freshKey(), "")));
              return nothing;
            });
    assertThat(head().number()).isEqualTo(before.number() + 1);

    Account account = fundedAccount(EUR, 5);
    ChainHead funded = head();
    assertThat(
            catchThrowable(
                () ->
                    stores()
                        .transactions()
                        .inTransaction(
                            () -> {
                              postWithin(NOW, withdrawal(account, 5));
                              throw new IllegalStateException("on purpose");
                            })))
        .hasMessage("on purpose");
    assertThat(head()).isEqualTo(funded);
    assertThat(audit().counts()).isEmpty();
  }

  @Test
  void reads_the_chain_in_pages_that_end_where_they_are_told_to() {
    Account from = fundedAccount(EUR, 5000);
    Account to = openedAccount(EUR);
    long after = head().number();
    // Larger than what may be read at a time, and batches of all sizes after it.
    post(NOW, Collections.nCopies(2000, transfer(from, to, 1)).toArray(TransferOrder[]::new));
    for (int i = 0; i < 25; i++) {
      post(NOW, Collections.nCopies(i + 1, transfer(from, to, 1)).toArray(TransferOrder[]::new));
    }
    long upTo = head().number() - 1;

    List<Long> numbers = new ArrayList<>();
    List<Long> transfers = new ArrayList<>();
    long last = after;
    while (true) {
      List<BatchOnRecord> page = stores().records().batches(last, upTo);
      if (page.isEmpty()) {
        break;
      }
      for (BatchOnRecord link : page) {
        numbers.add(link.batch().number());
        link.batch().content().transfers().stream().map(Seal::id).forEach(transfers::add);
        assertThat(link.transfers().keySet())
            .containsAll(link.batch().content().transfers().stream().map(Seal::id).toList());
      }
      last = page.getLast().batch().number();
    }

    assertThat(numbers).hasSize(25).isSorted().startsWith(after + 1).endsWith(upTo);
    assertThat(transfers).hasSize(2000 + 24 * 25 / 2).doesNotHaveDuplicates();
  }

  @Test
  void finds_nothing_wrong_with_what_any_sequence_of_orders_has_left_behind() {
    LedgerProperty.of(() -> new StoredLedger(stores())).holdsFor(3, 40);

    assertThat(audit().counts()).isEmpty();
  }

  @Test
  void finds_nothing_wrong_while_transfers_go_on_and_leaves_no_gap_in_the_chain() throws Exception {
    Account[] accounts = {
      fundedAccount(EUR, 1000), fundedAccount(EUR, 1000), fundedAccount(EUR, 1000)
    };
    ChainHead before = head();
    int threads = 8;
    int each = 20;

    List<Long> findings =
        simultaneously(
            threads,
            () -> {
              long found = 0;
              for (int i = 0; i < each; i++) {
                int from = ThreadLocalRandom.current().nextInt(accounts.length);
                Account to = accounts[(from + 1) % accounts.length];
                post(NOW, transfer(accounts[from], to, 1));
                if (i % 5 == 0) {
                  found += audit().counts().size();
                }
              }
              return found;
            });

    assertThat(findings).containsOnly(0L);
    assertThat(head().number()).isEqualTo(before.number() + (long) threads * each);
    assertThat(audit().counts()).isEmpty();
  }

  private Orderer orderer(
      Caller caller,
      @Nullable IdempotencyKey key,
      Account from,
      Account to,
      @Nullable Reference reference) {
    ChainHead before = head();
    TransferOrder order =
        new TransferOrder(
            Kind.TRANSFER, caller, from.id(), to.id(), new Money(1, from.currency()), reference);
    stores()
        .transactions()
        .inTransaction(
            () -> {
              LedgerBatch batch = opened(1, from.id(), to.id()).batch(NOW);
              TransferOutcome outcome =
                  key == null ? batch.post(order) : batch.under(key, () -> batch.post(order));
              assertThat(outcome).isInstanceOf(TransferOutcome.Posted.class);
              stores().ledger().write(BatchKey.random(), batch, List.of());
              return outcome;
            });
    return stores()
        .records()
        .batches(before.number(), Long.MAX_VALUE)
        .getFirst()
        .transfers()
        .values()
        .stream()
        .map(TransferOnRecord::orderer)
        .findFirst()
        .orElseThrow();
  }

  private Numbering none() {
    return opened(0).numbering();
  }

  private ChainHead head() {
    return stores().records().snapshot().head();
  }

  private Findings audit() {
    return audit(stores().records(), null);
  }

  /** The whole check, as the service for it does it. */
  public static Findings audit(LedgerRecords records, @Nullable ChainHead expected) {
    LedgerSnapshot snapshot = records.snapshot();
    Findings findings = snapshot.findings();
    snapshot.currencies().stream()
        .filter(figures -> figures.sum().signum() != 0)
        .forEach(f -> findings.add(new Finding.UnbalancedCurrency(f.currency(), f.sum())));
    ChainCheck check = new ChainCheck(expected, findings);
    long after = -1;
    while (after < snapshot.head().number()) {
      List<BatchOnRecord> page = records.batches(after, snapshot.head().number());
      page.forEach(check::next);
      after = page.getLast().batch().number();
    }
    check.end(snapshot.head());
    return findings;
  }
}
