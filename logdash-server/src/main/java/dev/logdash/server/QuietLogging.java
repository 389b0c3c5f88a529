package dev.logdash.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.LoggerFactory;

/**
 * How the command line logs: warnings to standard error. In code, because reading an XML file would
 * take longer than most commands. Found by Logback as a service.
 */
public final class QuietLogging extends ContextAwareBase implements Configurator {

  private static final String APPENDER = "console";
  // The commands tell themselves why the road stands still.
  private static final String ROAD = "dev.logdash.core.pipeline.LogDataProcessor";

  /** From now on also what the parts of logdash do, and where failures come from. */
  static void tellMore() {
    if (LoggerFactory.getLogger("dev.logdash") instanceof Logger logger) {
      logger.setLevel(Level.DEBUG);
      logger.getLoggerContext().getLogger(ROAD).setLevel(null);
      Logger root = logger.getLoggerContext().getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
      if (root.getAppender(APPENDER) instanceof ConsoleAppender<ILoggingEvent> console) {
        console.setEncoder(encoder(logger.getLoggerContext(), true));
      }
    }
  }

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setTarget("System.err");
    console.setName(APPENDER);
    console.setEncoder(encoder(context, false));
    console.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(console);
    context.getLogger(ROAD).setLevel(Level.ERROR);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static Encoder<ILoggingEvent> encoder(LoggerContext context, boolean traces) {
    if (traces) {
      PatternLayoutEncoder encoder = new PatternLayoutEncoder();
      encoder.setPattern("logdash: %level %logger{0}: %msg%n%ex");
      encoder.setContext(context);
      encoder.start();
      return encoder;
    }
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    OneLine layout = new OneLine();
    layout.setContext(context);
    layout.start();
    encoder.setLayout(layout);
    encoder.setContext(context);
    encoder.start();
    return encoder;
  }

  /** What happened and why, without where in the code. */
  private static final class OneLine extends LayoutBase<ILoggingEvent> {
    @Override
    public String doLayout(ILoggingEvent event) {
      String reason =
          event.getThrowableProxy() instanceof ThrowableProxy proxy
              ? ": " + CommandLines.sentence(proxy.getThrowable())
              : "";
      return CommandLines.plain(
              "logdash: " + event.getLevel() + ": " + event.getFormattedMessage() + reason)
          + System.lineSeparator();
    }
  }
}
