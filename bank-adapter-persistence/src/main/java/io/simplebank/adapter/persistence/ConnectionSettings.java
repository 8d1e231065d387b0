package io.simplebank.adapter.persistence;

import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;

/**
 * What the code relies on in every connection, whatever the server's defaults are and whatever is
 * configured.
 */
@Singleton
final class ConnectionSettings implements BeanCreatedEventListener<DatasourceConfiguration> {
  private static final int MIN_POOL_SIZE = 2;

  @Override
  public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
    DatasourceConfiguration configuration = event.getBean();
    if (configuration.getMaximumPoolSize() < MIN_POOL_SIZE) {
      throw new IllegalArgumentException(
          "BANK_DATABASE_POOL_SIZE must be " + MIN_POOL_SIZE + " or more: migrations need as many");
    }
    // Said once per connection: asking for it per transaction costs a round trip each.
    configuration.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    // A commit that is acknowledged is on disk, even where the server's default says otherwise.
    configuration.setConnectionInitSql("SET synchronous_commit TO on");
    return configuration;
  }
}
