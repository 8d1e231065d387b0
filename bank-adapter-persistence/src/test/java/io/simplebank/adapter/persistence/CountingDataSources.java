package io.simplebank.adapter.persistence;

import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import jakarta.inject.Singleton;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Counts what is sent to the database: statements, commits and rollbacks. */
@Singleton
@Order(Ordered.HIGHEST_PRECEDENCE)
@Requires(property = CountingDataSources.ENABLED)
final class CountingDataSources implements BeanCreatedEventListener<DataSource> {
  static final String ENABLED = "test.count-statements";

  private final AtomicInteger count = new AtomicInteger();

  int count() {
    return count.get();
  }

  @Override
  public DataSource onCreated(BeanCreatedEvent<DataSource> event) {
    return counting(DataSource.class, event.getBean());
  }

  private <T> T counting(Class<T> type, T target) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              if (method.getName().startsWith("execute")
                  || method.getName().equals("commit")
                  || method.getName().equals("rollback")) {
                count.incrementAndGet();
              }
              try {
                Object result = method.invoke(target, arguments);
                return switch (result) {
                  case Connection connection -> counting(Connection.class, connection);
                  case PreparedStatement statement -> counting(PreparedStatement.class, statement);
                  case null, default -> result;
                };
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
    return type.cast(proxy);
  }
}
