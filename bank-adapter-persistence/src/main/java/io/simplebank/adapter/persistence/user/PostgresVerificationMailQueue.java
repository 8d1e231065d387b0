package io.simplebank.adapter.persistence.user;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.simplebank.adapter.persistence.JobScheduler;
import io.simplebank.domain.port.out.Transactions;
import io.simplebank.domain.port.out.VerificationMailQueue;
import io.simplebank.domain.user.VerificationId;
import jakarta.inject.Singleton;
import javax.sql.DataSource;

/** The queue that the {@link JobScheduler} works off. */
@Singleton
final class PostgresVerificationMailQueue implements VerificationMailQueue {
  private final SchedulerClient client;
  private final Transactions transactions;

  /**
   * @param dataSource the framework's, which gives the connection of the surrounding transaction
   */
  PostgresVerificationMailQueue(DataSource dataSource, Transactions transactions) {
    this.client =
        SchedulerClient.Builder.create(dataSource)
            .jdbcCustomization(new PostgreSqlJdbcCustomization(false, false))
            .build();
    this.transactions = transactions;
  }

  @Override
  public void add(VerificationId id) {
    TaskInstance<Void> mail =
        new TaskInstance<>(JobScheduler.VERIFICATION_MAIL, Long.toString(id.value()));
    transactions.inTransaction(
        () -> client.scheduleIfNotExists(SchedulableInstance.of(mail, now -> now)));
  }
}
