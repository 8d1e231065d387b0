package io.simplebank.domain.port.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplebank.domain.account.Account;
import io.simplebank.domain.idempotency.BatchKey;
import io.simplebank.domain.transfer.LedgerBatch;
import io.simplebank.domain.transfer.Numbering;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The in-memory double keeps the contracts of all ports; on top of them, it is strict. */
final class InMemoryStoresTest {
  // Shared, as a database would be: no contract may count on an empty store.
  private static final InMemoryStores STORES = new InMemoryStores();

  @Nested
  final class Users extends UserRepositoryContract {
    @Override
    protected Stores stores() {
      return STORES;
    }
  }

  @Nested
  final class Sessions extends SessionRepositoryContract {
    @Override
    protected Stores stores() {
      return STORES;
    }
  }

  @Nested
  final class Attempts extends AttemptRepositoryContract {
    @Override
    protected Stores stores() {
      return STORES;
    }
  }

  @Nested
  final class EmailVerifications extends EmailVerificationRepositoryContract {
    @Override
    protected Stores stores() {
      return STORES;
    }
  }

  @Nested
  final class Audit extends AuditLogContract {
    @Override
    protected Stores stores() {
      return STORES;
    }
  }

  @Nested
  final class VerificationMails extends VerificationMailQueueContract {
    @Override
    protected Stores stores() {
      return STORES;
    }
  }

  @Nested
  final class Accounts extends AccountRepositoryContract {
    @Override
    protected Stores stores() {
      return STORES;
    }
  }

  @Nested
  final class Entries extends EntryRepositoryContract {
    @Override
    protected Stores stores() {
      return STORES;
    }
  }

  @Nested
  final class Transfers extends TransferRepositoryContract {
    @Override
    protected Stores stores() {
      return STORES;
    }
  }

  @Nested
  final class Answers extends AnswerRepositoryContract {
    @Override
    protected Stores stores() {
      return STORES;
    }
  }

  @Nested
  final class InRecords extends LedgerRecordsContract {
    @Override
    protected Stores stores() {
      return STORES;
    }
  }

  @Nested
  final class InTransactions extends TransactionsContract {
    @Override
    protected Stores stores() {
      return STORES;
    }
  }

  @Nested
  final class Passwords extends PasswordHasherContract {
    private final PasswordHasher hasher = new CountingPasswordHasher();

    @Override
    protected PasswordHasher hasher() {
      return hasher;
    }
  }

  @Nested
  final class InLedger extends LedgerContract {
    @Override
    protected Stores stores() {
      return STORES;
    }

    @Test
    void refuses_to_lock_number_or_write_outside_a_transaction() {
      Ledger ledger = stores().ledger();
      BatchKey batch = BatchKey.random();
      Numbering numbering = stores().transactions().inTransaction(() -> opened(1)).numbering();

      assertThatThrownBy(() -> opened(1)).isInstanceOf(IllegalStateException.class);
      LedgerBatch nothing = new LedgerBatch(List.of(), numbering, NOW);
      assertThatThrownBy(() -> ledger.write(batch, nothing, List.of()))
          .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refuses_to_change_accounts_that_the_transaction_has_not_locked() {
      Account from = fundedAccount(EUR, 10);
      Account to = openedAccount(EUR);

      assertThatThrownBy(
              () ->
                  stores()
                      .transactions()
                      .inTransaction(
                          () -> {
                            Ledger ledger = stores().ledger();
                            LedgerBatch batch =
                                new LedgerBatch(List.of(from, to), opened(1).numbering(), NOW);
                            batch.post(transfer(from, to, 1));
                            ledger.write(BatchKey.random(), batch, List.of());
                            return batch;
                          }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("not locked");

      assertThat(found(to.id())).isEqualTo(to);
    }

    @Test
    void hands_out_no_more_numbers_than_were_announced() {
      Numbering numbering = stores().transactions().inTransaction(() -> opened(0)).numbering();

      assertThatThrownBy(numbering::nextTransferId).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(numbering::nextEntryId).isInstanceOf(IllegalStateException.class);
    }
  }
}
