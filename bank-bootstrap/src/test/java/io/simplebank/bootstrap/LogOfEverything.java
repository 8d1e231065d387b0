package io.simplebank.bootstrap;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * All that is logged while this is open: of the bank at TRACE, of everybody else at INFO, whatever
 * the configuration leaves out. The console shows what it always does.
 */
final class LogOfEverything implements AutoCloseable {
  private static final String BANK = "io.simplebank";

  private final Logger root;
  private final Logger bank;
  private final Level rootsLevel;
  private final Level banksLevel;
  private final Lines lines = new Lines();
  private final Map<Appender<ILoggingEvent>, List<Filter<ILoggingEvent>>> filters = new HashMap<>();

  LogOfEverything() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    bank = context.getLogger(BANK);
    rootsLevel = root.getEffectiveLevel();
    banksLevel = bank.getEffectiveLevel();
    root.iteratorForAppenders()
        .forEachRemaining(
            appender -> {
              filters.put(appender, appender.getCopyOfAttachedFiltersList());
              appender.addFilter(new AsBefore(rootsLevel, banksLevel));
            });
    root.setLevel(Level.INFO);
    bank.setLevel(Level.TRACE);
    lines.setContext(context);
    lines.start();
    root.addAppender(lines);
  }

  /** What was logged so far: message, marks, and the exception with its causes. */
  List<String> lines() {
    return lines.copy();
  }

  @Override
  public void close() {
    root.detachAppender(lines);
    root.setLevel(rootsLevel);
    bank.setLevel(banksLevel);
    filters.forEach(
        (appender, filtersBefore) -> {
          appender.clearAllFilters();
          filtersBefore.forEach(appender::addFilter);
        });
  }

  private static final class Lines extends AppenderBase<ILoggingEvent> {
    private final List<String> texts = new ArrayList<>();

    @Override
    protected synchronized void append(ILoggingEvent event) {
      texts.add(
          String.join(
              " ",
              event.getLoggerName(),
              event.getFormattedMessage(),
              String.valueOf(event.getMDCPropertyMap()),
              String.valueOf(event.getKeyValuePairs()),
              event.getThrowableProxy() == null
                  ? ""
                  : ThrowableProxyUtil.asString(event.getThrowableProxy())));
    }

    synchronized List<String> copy() {
      return List.copyOf(texts);
    }
  }

  private static final class AsBefore extends Filter<ILoggingEvent> {
    private final Level roots;
    private final Level banks;

    private AsBefore(Level roots, Level banks) {
      this.roots = roots;
      this.banks = banks;
    }

    @Override
    public FilterReply decide(ILoggingEvent event) {
      Level least = event.getLoggerName().startsWith(BANK) ? banks : roots;
      return event.getLevel().isGreaterOrEqual(least) ? FilterReply.NEUTRAL : FilterReply.DENY;
    }
  }
}
