package dev.logdash.dashboard;

import ch.qos.logback.classic.LoggerContext;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.logback.AppenderCounts;
import dev.logdash.logback.LogdashAppender;
import dev.logdash.logback.LogdashAttachment;
import java.util.Map;
import org.slf4j.ILoggerFactory;

/** A host that logs with Logback. The only class that needs it, so that others may do without. */
final class LogbackHost implements AutoCloseable {

  private final LogdashAttachment attachment;

  private LogbackHost(LogdashAttachment attachment) {
    this.attachment = attachment;
  }

  static LogbackHost attach(ILoggerFactory factory, LogSink sink, String service) {
    return new LogbackHost(
        LogdashAppender.attach(
            (LoggerContext) factory,
            sink,
            own -> {
              own.setService(service);
              own.setNonAdditive(true);
            }));
  }

  /** How many events the host logged that nobody will find, as far as its own appender knows. */
  long lost() {
    AppenderCounts counts = attachment.counts();
    long lost = counts.waiting();
    for (Map.Entry<String, Long> reason : counts.reasons().entrySet()) {
      // What logdash logs of its own work in detail is not the host's.
      lost += reason.getKey().startsWith("internal.") ? 0 : reason.getValue();
    }
    return lost;
  }

  @Override
  public void close() {
    attachment.close();
  }
}
