package dev.logdash.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;

/** Appenders that are measured, each as its documentation configures it. */
enum AppenderPeer {
  NOTHING("an appender that does nothing", "<appender name='P' class='%2$s'/>"),
  LOGDASH(
      "logdash to the spool", "<appender name='P' class='dev.logdash.logback.LogdashAppender'/>"),
  ASYNC_FILE(
      "Logback AsyncAppender to a file",
      Parts.FILE
          + Parts.PATTERN
          + "</appender><appender name='P' class='ch.qos.logback.classic.AsyncAppender'>"
          + "<appender-ref ref='F'/></appender>"),
  ASYNC_FILE_LOSSLESS(
      "the same, 8,192 places, nothing discarded",
      Parts.FILE
          + Parts.PATTERN
          + "</appender><appender name='P' class='ch.qos.logback.classic.AsyncAppender'>"
          + "<queueSize>8192</queueSize><discardingThreshold>0</discardingThreshold>"
          + "<appender-ref ref='F'/></appender>"),
  LOGSTASH_FILE(
      "logstash-logback-encoder, asynchronous, to a file",
      "<appender name='P' class='net.logstash.logback.appender.LoggingEventAsyncDisruptorAppender'>"
          + Parts.FILE
          + "<encoder class='net.logstash.logback.encoder.LogstashEncoder'/>"
          + "</appender></appender>");

  private static final class Parts {
    static final String FILE =
        "<appender name='F' class='ch.qos.logback.core.FileAppender'><file>%1$s</file>";
    static final String PATTERN =
        "<encoder><pattern>%%d %%-5level [%%thread] %%logger - %%msg%%n</pattern></encoder>";
  }

  private final String title;
  private final String configuration;

  AppenderPeer(String title, String configuration) {
    this.title = title;
    this.configuration = configuration;
  }

  String title() {
    return title;
  }

  void configure(LoggerContext context, Path work) {
    String xml =
        "<configuration>"
            + String.format(
                configuration, work.resolve("peer.log"), NothingAppender.class.getName())
            + "<root level='INFO'><appender-ref ref='P'/></root></configuration>";
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    try {
      configurator.doConfigure(new ByteArrayInputStream(xml.getBytes(UTF_8)));
    } catch (JoranException e) {
      throw new IllegalStateException(e);
    }
  }
}
