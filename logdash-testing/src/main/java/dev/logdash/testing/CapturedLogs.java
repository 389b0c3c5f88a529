package dev.logdash.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * What some loggers say at INFO and above while it is open, with the text of exceptions; nobody
 * else hears it.
 */
public final class CapturedLogs implements AutoCloseable {

  private final StringBuilder text = new StringBuilder();
  private final List<Runnable> undo = new ArrayList<>();

  private CapturedLogs() {}

  /**
   * Begins to listen.
   *
   * @param loggers names of packages or classes
   */
  public static CapturedLogs of(String... loggers) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    CapturedLogs logs = new CapturedLogs();
    AppenderBase<ILoggingEvent> appender = logs.appender();
    appender.setContext(context);
    appender.start();
    for (String name : loggers) {
      logs.listen(context.getLogger(name), appender);
    }
    return logs;
  }

  public String text() {
    synchronized (text) {
      return text.toString();
    }
  }

  @Override
  public void close() {
    undo.forEach(Runnable::run);
  }

  private void listen(Logger logger, AppenderBase<ILoggingEvent> appender) {
    Level level = logger.getLevel();
    boolean additive = logger.isAdditive();
    undo.add(
        () -> {
          logger.detachAppender(appender);
          logger.setAdditive(additive);
          logger.setLevel(level);
        });
    logger.addAppender(appender);
    logger.setAdditive(false);
    logger.setLevel(Level.INFO);
  }

  private AppenderBase<ILoggingEvent> appender() {
    return new AppenderBase<>() {
      @Override
      protected void append(ILoggingEvent event) {
        String line =
            event.getLoggerName()
                + ' '
                + event.getFormattedMessage()
                + '\n'
                + ThrowableProxyUtil.asString(event.getThrowableProxy())
                + '\n';
        synchronized (text) {
          text.append(line);
        }
      }
    };
  }
}
