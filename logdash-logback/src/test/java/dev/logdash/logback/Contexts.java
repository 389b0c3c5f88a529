package dev.logdash.logback;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.ByteArrayInputStream;

/** Logger contexts as hosts have them. */
final class Contexts {

  private Contexts() {}

  static LoggerContext fresh() {
    LoggerContext context = new LoggerContext();
    context.setName("test");
    context.setMDCAdapter(new LogbackMDCAdapter());
    context.start();
    return context;
  }

  static void configure(LoggerContext context, String inner) {
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    String xml = "<configuration>" + inner + "</configuration>";
    try {
      configurator.doConfigure(new ByteArrayInputStream(xml.getBytes(UTF_8)));
    } catch (JoranException e) {
      throw new AssertionError(e);
    }
  }

  static String appender(String inner) {
    return "<appender name=\"L\" class=\"dev.logdash.logback.LogdashAppender\">"
        + inner
        + "</appender>";
  }

  static Logger root(LoggerContext context) {
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.TRACE);
    return root;
  }

  /** A started appender at the root logger, without an attachment. */
  static LogdashAppender appender(LoggerContext context, ScriptedSink sink) {
    LogdashAppender appender = new LogdashAppender();
    appender.setContext(context);
    appender.setName("test");
    appender.setSink(sink);
    root(context).addAppender(appender);
    return appender;
  }
}
