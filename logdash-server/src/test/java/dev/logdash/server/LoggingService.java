package dev.logdash.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import dev.logdash.core.config.ConfigSource;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.ship.Shipping;
import dev.logdash.dashboard.ShippingWiring;
import dev.logdash.logback.LogdashAppender;
import dev.logdash.logback.LogdashAttachment;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** A process that logs numbered lines with Logback, which are shipped as the settings say. */
final class LoggingService {

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int A_FLUSH_MILLIS = 60_000;
  private static final int BURST = 500;

  private LoggingService() {}

  /** Takes the settings, the data folder and the number of lines. */
  public static void main(String[] arguments) throws Exception {
    LogdashConfig config =
        LogdashConfig.of(
            List.of(
                YamlSource.read(Path.of(arguments[0])),
                new ConfigSource("test", Map.of("logdash.data.dir", arguments[1]))));
    int count = Integer.parseInt(arguments[2]);
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    Logger logger = context.getLogger("shop.Cart");
    logger.setLevel(Level.INFO);
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.ERROR);
    try (Shipping shipping = ShippingWiring.start(config, Clock.systemUTC(), new SecureRandom())) {
      LogdashAttachment attachment =
          LogdashAppender.attach(
              context,
              shipping.sink(),
              own -> {
                own.setService("appender");
                own.setMaxFlushTime(A_FLUSH_MILLIS);
              });
      for (int i = 0; i < count; i++) {
        logger.warn("appender {}", String.format("%07d", i));
        if (i % BURST == 0) {
          // A service has other things to do as well.
          TimeUnit.MILLISECONDS.sleep(10);
        }
      }
      attachment.close();
      shipping.drain().block(PATIENCE);
      System.out.println("logged " + attachment.counts());
    }
    System.exit(0);
  }
}
