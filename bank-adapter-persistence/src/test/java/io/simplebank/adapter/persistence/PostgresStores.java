package io.simplebank.adapter.persistence;

import io.micronaut.context.ApplicationContext;
import io.micronaut.jdbc.DataSourceResolver;
import io.simplebank.domain.port.out.AccountRepository;
import io.simplebank.domain.port.out.AnswerRepository;
import io.simplebank.domain.port.out.EntryRepository;
import io.simplebank.domain.port.out.Ledger;
import io.simplebank.domain.port.out.SessionRepository;
import io.simplebank.domain.port.out.Stores;
import io.simplebank.domain.port.out.Transactions;
import io.simplebank.domain.port.out.TransferRepository;
import io.simplebank.domain.port.out.UserRepository;
import java.util.Map;
import javax.sql.DataSource;

/** The adapters under test, on a migrated database of their own, started once for all tests. */
final class PostgresStores implements Stores {
  private static final PostgresStores SHARED = new PostgresStores();

  private final ApplicationContext context;

  private PostgresStores() {
    context =
        ApplicationContext.run(
            Map.of(
                "datasources.default.url", TestDatabase.createDatabase(),
                "datasources.default.username", TestDatabase.username(),
                "datasources.default.password", TestDatabase.password(),
                "datasources.default.maximum-pool-size", "20",
                "flyway.datasources.default.enabled", "true"));
    Runtime.getRuntime().addShutdownHook(new Thread(context::close));
  }

  static PostgresStores shared() {
    return SHARED;
  }

  /** The pool itself: the framework's data source gives connections to its own callers only. */
  DataSource pool() {
    return context.getBean(DataSourceResolver.class).resolve(context.getBean(DataSource.class));
  }

  @Override
  public UserRepository users() {
    return context.getBean(UserRepository.class);
  }

  @Override
  public SessionRepository sessions() {
    return context.getBean(SessionRepository.class);
  }

  @Override
  public AccountRepository accounts() {
    return context.getBean(AccountRepository.class);
  }

  @Override
  public Ledger ledger() {
    return context.getBean(Ledger.class);
  }

  @Override
  public EntryRepository entries() {
    return context.getBean(EntryRepository.class);
  }

  @Override
  public TransferRepository transfers() {
    return context.getBean(TransferRepository.class);
  }

  @Override
  public AnswerRepository answers() {
    return context.getBean(AnswerRepository.class);
  }

  @Override
  public Transactions transactions() {
    return context.getBean(Transactions.class);
  }
}
