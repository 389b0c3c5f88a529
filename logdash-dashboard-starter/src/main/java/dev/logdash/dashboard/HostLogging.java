package dev.logdash.dashboard;

import dev.logdash.api.ingest.LogSink;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a host logs with, whatever that is. */
final class HostLogging implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HostLogging.class);
  private static final String LOGBACK = "ch.qos.logback.classic.";
  private static final String LOG4J = "org.apache.logging.";

  private final @Nullable LogbackHost logback;

  private HostLogging(@Nullable LogbackHost logback) {
    this.logback = logback;
  }

  /** Brings the host's log events to a sink, or says once why that is not possible. */
  static HostLogging attach(LogSink sink, String service) {
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    String name = factory.getClass().getName();
    if (name.startsWith(LOGBACK)) {
      return new HostLogging(LogbackHost.attach(factory, sink, service));
    }
    LOG.warn("{}", advice(name));
    return new HostLogging(null);
  }

  static String advice(String factory) {
    String remedy =
        factory.startsWith(LOG4J)
            ? "This application logs with Log4j 2. Take spring-boot-starter-logging in place of"
                + " spring-boot-starter-log4j2, or outside of Spring logback-classic and"
                + " log4j-to-slf4j in place of log4j-core and log4j-slf4j2-impl; calls of the API of"
                + " Log4j 2 then work as before."
            : "SLF4J is bound to "
                + factory
                + "; put logback-classic on the class path in its place.";
    return "logdash shows the requests of this application but not its logs, which it takes from"
        + " Logback. "
        + remedy;
  }

  /** Delivers what was logged before. Events may then be logged that nobody takes. */
  @Override
  public void close() {
    if (logback != null) {
      logback.close();
    }
  }

  /** How many events were lost or still wait. */
  long lost() {
    return logback == null ? 0 : logback.lost();
  }
}
