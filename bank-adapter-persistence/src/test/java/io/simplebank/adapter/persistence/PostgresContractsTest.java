package io.simplebank.adapter.persistence;

import io.simplebank.domain.port.out.AccountRepositoryContract;
import io.simplebank.domain.port.out.AnswerRepositoryContract;
import io.simplebank.domain.port.out.AttemptRepositoryContract;
import io.simplebank.domain.port.out.AuditLogContract;
import io.simplebank.domain.port.out.EmailVerificationRepositoryContract;
import io.simplebank.domain.port.out.EntryRepositoryContract;
import io.simplebank.domain.port.out.LedgerContract;
import io.simplebank.domain.port.out.LedgerRecordsContract;
import io.simplebank.domain.port.out.SessionRepositoryContract;
import io.simplebank.domain.port.out.Stores;
import io.simplebank.domain.port.out.TransactionsContract;
import io.simplebank.domain.port.out.TransferRepositoryContract;
import io.simplebank.domain.port.out.UserRepositoryContract;
import io.simplebank.domain.port.out.VerificationMailQueueContract;
import org.junit.jupiter.api.Nested;

/** PostgreSQL keeps the contracts that the in-memory stores keep: the same assertions. */
class PostgresContractsTest {
  @Nested
  class Users extends UserRepositoryContract {
    @Override
    protected Stores stores() {
      return PostgresStores.shared();
    }
  }

  @Nested
  class Sessions extends SessionRepositoryContract {
    @Override
    protected Stores stores() {
      return PostgresStores.shared();
    }
  }

  @Nested
  class Attempts extends AttemptRepositoryContract {
    @Override
    protected Stores stores() {
      return PostgresStores.shared();
    }
  }

  @Nested
  class EmailVerifications extends EmailVerificationRepositoryContract {
    @Override
    protected Stores stores() {
      return PostgresStores.shared();
    }
  }

  @Nested
  class Audit extends AuditLogContract {
    @Override
    protected Stores stores() {
      return PostgresStores.shared();
    }
  }

  @Nested
  class VerificationMails extends VerificationMailQueueContract {
    @Override
    protected Stores stores() {
      return PostgresStores.shared();
    }
  }

  @Nested
  class Accounts extends AccountRepositoryContract {
    @Override
    protected Stores stores() {
      return PostgresStores.shared();
    }
  }

  @Nested
  class TransactionBoundary extends TransactionsContract {
    @Override
    protected Stores stores() {
      return PostgresStores.shared();
    }
  }

  @Nested
  class LedgerOfTransfers extends LedgerContract {
    @Override
    protected Stores stores() {
      return PostgresStores.shared();
    }
  }

  @Nested
  class Entries extends EntryRepositoryContract {
    @Override
    protected Stores stores() {
      return PostgresStores.shared();
    }
  }

  @Nested
  class Transfers extends TransferRepositoryContract {
    @Override
    protected Stores stores() {
      return PostgresStores.shared();
    }
  }

  @Nested
  class Answers extends AnswerRepositoryContract {
    @Override
    protected Stores stores() {
      return PostgresStores.shared();
    }
  }

  @Nested
  class Records extends LedgerRecordsContract {
    // Of its own: other tests have written past the bank.
    private static final PostgresStores STORES =
        PostgresStores.onDatabase(TestDatabase.createDatabase());

    @Override
    protected Stores stores() {
      return STORES;
    }
  }
}
