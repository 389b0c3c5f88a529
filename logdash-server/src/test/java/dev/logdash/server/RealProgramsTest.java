package dev.logdash.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.logdash.api.auth.Permission;
import dev.logdash.api.auth.Principal;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import dev.logdash.core.auth.Actor;
import dev.logdash.core.config.ConfigSource;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.query.QueryParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs that others wrote send to the server. Where one is not installed its test is left out.
 */
@Timeout(120)
class RealProgramsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MANY = 1_000;

  @TempDir Path folder;
  private RealPrograms programs;
  private RunningServer server;
  private SyslogServer syslog;

  @BeforeEach
  void start() {
    programs = new RealPrograms(folder);
    Console console =
        new Console(
            new ByteArrayInputStream(new byte[0]),
            new ByteArrayOutputStream(),
            new ByteArrayOutputStream(),
            false,
            false,
            Map.of(),
            Map.of(),
            Clock.systemUTC());
    server =
        RunningServer.start(
            LogdashConfig.of(
                List.of(
                    new ConfigSource(
                        "test",
                        Map.of(
                            "logdash.data.dir",
                            folder.resolve("data").toString(),
                            "logdash.server.port",
                            "0")))),
            console);
    syslog = SyslogServer.start("127.0.0.1", 0, 0, 1 << 20, server.installation().logdash().sink());
  }

  @AfterEach
  void stop() {
    syslog.close();
    server.close();
  }

  @Test
  void takesWhatLoggerSends() throws Exception {
    assumeTrue(RealPrograms.haveLogger(), "logger is not installed");
    String tcp = Integer.toString(syslog.tcpPort());
    String udp = Integer.toString(syslog.udpPort());
    programs.logger(
        "-n",
        "127.0.0.1",
        "-P",
        tcp,
        "-T",
        "--octet-count",
        "-t",
        "a",
        "-p",
        "user.err",
        "counted");
    programs.logger("-n", "127.0.0.1", "-P", tcp, "-T", "-t", "b", "-p", "user.warning", "by line");
    programs.logger("-n", "127.0.0.1", "-P", udp, "-d", "-t", "c", "--rfc5424", "datagram");
    programs.logger("-n", "127.0.0.1", "-P", udp, "-d", "-t", "d", "--rfc3164", "older datagram");
    settle(4);

    assertThat(shown("*"))
        .containsExactlyInAnyOrder(
            "a error counted", "b warn by line", "c info datagram", "d info older datagram");
  }

  @Test
  void takesWhatRsyslogForwards() throws Exception {
    assumeTrue(RealPrograms.haveRsyslog(), "no rsyslog here");
    String to = "action(type=\"omfwd\" target=\"127.0.0.1\" port=\"%d\" protocol=\"%s\" %s)\n";
    String modern = "template=\"RSYSLOG_SyslogProtocol23Format\"";
    String counted = "TCP_Framing=\"octet-counted\" " + modern;
    String old = "template=\"RSYSLOG_TraditionalForwardFormat\"";
    Process rsyslog =
        programs.rsyslog(
            "if $programname == 'datagrams' then "
                + to.formatted(syslog.udpPort(), "udp", modern)
                + "if $programname == 'counted' then "
                + to.formatted(syslog.tcpPort(), "tcp", counted)
                + "if $programname == 'lines' then "
                + to.formatted(syslog.tcpPort(), "tcp", old));
    try {
      programs.local("datagrams", "by datagram, with \u00e4 and \u65e5");
      programs.local("lines", "by line");
      Path many = folder.resolve("many");
      Files.write(many, IntStream.range(0, MANY).mapToObj(i -> "number " + i).toList());
      programs.local("counted", "-f", many.toString());
      settle(2 + MANY);
    } finally {
      RealPrograms.end(rsyslog);
    }

    assertThat(shown("service.name:datagrams"))
        .containsExactly("datagrams info by datagram, with \u00e4 and \u65e5");
    assertThat(shown("service.name:lines")).containsExactly("lines info by line");
    assertThat(shown("service.name:counted"))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, MANY).mapToObj(i -> "counted info number " + i).toList());
  }

  @Test
  void takesWhatRsyslogSendsToElasticsearch() throws Exception {
    assumeTrue(
        RealPrograms.haveRsyslogOutput("omelasticsearch"), "no rsyslog for Elasticsearch here");
    Actor admin =
        new Actor(
            new Principal("ada", Set.of(), Map.of(Permission.API_KEYS, Filter.ALL), Set.of()),
            "127.0.0.1");
    String token =
        Objects.requireNonNull(server.access().apiKeys().create(admin, "r", "default").block())
            .token();
    String[] parts = token.split("_", 3);
    Process rsyslog =
        programs.rsyslog(
            """
            module(load="omelasticsearch")
            template(name="document" type="list" option.jsonf="on") {
              property(outname="@timestamp" name="timereported" dateFormat="rfc3339" format="jsonf")
              property(outname="service.name" name="programname" format="jsonf")
              property(outname="log.level" name="syslogseverity-text" format="jsonf")
              property(outname="message" name="msg" format="jsonf")
            }
            action(type="omelasticsearch" server="127.0.0.1" serverport="%d" uid="%s" pwd="%s"
              template="document" searchIndex="logs" searchType="" bulkmode="on")
            """
                .formatted(server.port(), parts[1], parts[2]));
    try {
      Path many = folder.resolve("many");
      Files.write(many, IntStream.range(0, MANY).mapToObj(i -> "number " + i).toList());
      programs.local("bulk", "-f", many.toString());
      settle(MANY);
    } finally {
      RealPrograms.end(rsyslog);
    }

    assertThat(shown("service.name:bulk"))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, MANY).mapToObj(i -> "bulk info  number " + i).toList());
  }

  private void settle(long count) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (server.installation().spool().orElseThrow().statistics().appended() < count
        && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    server.installation().logdash().drain().block(PATIENCE);
    assertThat(server.installation().spool().orElseThrow().statistics().appended())
        .as(programs.said())
        .isEqualTo(count);
  }

  private List<String> shown(String query) {
    LogQuery wanted =
        LogQuery.builder()
            .filter(new QueryParser(Clock.systemUTC()).parse(query))
            .limit(1_000)
            .build();
    List<LogEvent> found =
        Objects.requireNonNull(
                server.installation().logdash().search().search(wanted).block(PATIENCE))
            .events();
    return found.stream()
        .map(event -> event.service() + ' ' + event.severity().className() + ' ' + event.message())
        .toList();
  }
}
