package shop;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.net.URL;
import org.slf4j.LoggerFactory;

/** What hosts do to Logback. Apart from the tests, which are looked at without Logback too. */
final class LogbackContext {

  private LogbackContext() {}

  static void reset() {
    context().reset();
  }

  static void configure(URL file) throws JoranException {
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context());
    configurator.doConfigure(file);
  }

  private static LoggerContext context() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }
}
