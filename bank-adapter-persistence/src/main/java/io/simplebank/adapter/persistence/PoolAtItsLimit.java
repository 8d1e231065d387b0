package io.simplebank.adapter.persistence;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import jakarta.inject.Singleton;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.RejectedExecutionException;
import javax.sql.DataSource;

/**
 * Says that no connection could be had in time, because all are busy or the database is away, with
 * the exception that Java has for work that was not begun: callers may come back.
 *
 * <p>Comes first, so that it stands between the pool and what the framework puts around it.
 */
@Singleton
@Order(Ordered.HIGHEST_PRECEDENCE)
final class PoolAtItsLimit implements BeanCreatedEventListener<DataSource> {
  @Override
  public DataSource onCreated(BeanCreatedEvent<DataSource> event) {
    DataSource pool = event.getBean();
    return (DataSource)
        Proxy.newProxyInstance(
            DataSource.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (self, method, arguments) -> {
              try {
                return method.invoke(pool, arguments);
              } catch (InvocationTargetException e) {
                if (e.getCause() instanceof SQLTransientConnectionException exhausted) {
                  throw new RejectedExecutionException("no connection to the database", exhausted);
                }
                throw e.getCause();
              }
            });
  }
}
