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
import java.sql.SQLException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;

/**
 * Loses connections in the commit, as the network does: before the database hears of it or after.
 */
@Singleton
@Order(Ordered.HIGHEST_PRECEDENCE)
@Requires(property = LostConnections.ENABLED)
public final class LostConnections implements BeanCreatedEventListener<DataSource> {
  /** The property without which nothing is ever lost. */
  public static final String ENABLED = "test.lost-connections";

  /** When a connection is lost. */
  public enum Moment {
    /** The commit does not reach the database. */
    BEFORE_COMMIT,
    /** The commit goes through, and nobody hears of it. */
    AFTER_COMMIT
  }

  private final Queue<Moment> toCome = new ConcurrentLinkedQueue<>();

  /** Loses the connection of the next commits, one after the other. */
  public void loseNext(Moment... moments) {
    toCome.addAll(List.of(moments));
  }

  /** How many losses are still to come. */
  public int outstanding() {
    return toCome.size();
  }

  @Override
  public DataSource onCreated(BeanCreatedEvent<DataSource> event) {
    return proxy(DataSource.class, event.getBean());
  }

  private <T> T proxy(Class<T> type, T target) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              try {
                if (target instanceof Connection connection && method.getName().equals("commit")) {
                  commit(connection);
                  return null;
                }
                Object result = method.invoke(target, arguments);
                return result instanceof Connection connection
                    ? proxy(Connection.class, connection)
                    : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
    return type.cast(proxy);
  }

  private void commit(Connection connection) throws SQLException {
    Moment moment = toCome.poll();
    if (moment == null) {
      connection.commit();
      return;
    }
    if (moment == Moment.AFTER_COMMIT) {
      connection.commit();
    }
    // The database ends the session too, and with it what was not committed.
    connection.unwrap(Connection.class).abort(Runnable::run);
    throw new SQLException("the connection was lost on purpose", "08006");
  }
}
