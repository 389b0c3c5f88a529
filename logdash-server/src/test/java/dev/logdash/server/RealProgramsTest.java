package dev.logdash.server;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
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

  private static final Path LOGGER = Path.of("/usr/bin/logger");
  private static final Path RSYSLOG = Path.of("/usr/sbin/rsyslogd");
  private static final Path TO_ELASTICSEARCH =
      Path.of("/usr/lib/" + architecture() + "-linux-gnu/rsyslog/omelasticsearch.so");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MANY = 1_000;

  @TempDir Path folder;
  private RunningServer server;
  private SyslogServer syslog;

  @BeforeEach
  void start() {
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
    assumeTrue(Files.isExecutable(LOGGER), "logger is not installed");
    String tcp = Integer.toString(syslog.tcpPort());
    String udp = Integer.toString(syslog.udpPort());
    logger(
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
    logger("-n", "127.0.0.1", "-P", tcp, "-T", "-t", "b", "-p", "user.warning", "by line");
    logger("-n", "127.0.0.1", "-P", udp, "-d", "-t", "c", "--rfc5424", "datagram");
    logger("-n", "127.0.0.1", "-P", udp, "-d", "-t", "d", "--rfc3164", "older datagram");
    settle(4);

    assertThat(shown("*"))
        .containsExactlyInAnyOrder(
            "a error counted", "b warn by line", "c info datagram", "d info older datagram");
  }

  @Test
  void takesWhatRsyslogForwards() throws Exception {
    assumeTrue(Files.isExecutable(LOGGER) && Files.isExecutable(RSYSLOG), "no rsyslog here");
    String to = "action(type=\"omfwd\" target=\"127.0.0.1\" port=\"%d\" protocol=\"%s\" %s)\n";
    String modern = "template=\"RSYSLOG_SyslogProtocol23Format\"";
    String counted = "TCP_Framing=\"octet-counted\" " + modern;
    String old = "template=\"RSYSLOG_TraditionalForwardFormat\"";
    Process rsyslog =
        rsyslog(
            "if $programname == 'datagrams' then "
                + to.formatted(syslog.udpPort(), "udp", modern)
                + "if $programname == 'counted' then "
                + to.formatted(syslog.tcpPort(), "tcp", counted)
                + "if $programname == 'lines' then "
                + to.formatted(syslog.tcpPort(), "tcp", old));
    try {
      local("datagrams", "by datagram, with \u00e4 and \u65e5");
      local("lines", "by line");
      Path many = folder.resolve("many");
      Files.write(many, IntStream.range(0, MANY).mapToObj(i -> "number " + i).toList());
      local("counted", "-f", many.toString());
      settle(2 + MANY);
    } finally {
      end(rsyslog);
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
        Files.isExecutable(LOGGER) && Files.exists(TO_ELASTICSEARCH),
        "no rsyslog for Elasticsearch here");
    Actor admin =
        new Actor(
            new Principal("ada", Set.of(), Map.of(Permission.API_KEYS, Filter.ALL), Set.of()),
            "127.0.0.1");
    String token =
        Objects.requireNonNull(server.access().apiKeys().create(admin, "r", "default").block())
            .token();
    String[] parts = token.split("_", 3);
    Process rsyslog =
        rsyslog(
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
      local("bulk", "-f", many.toString());
      settle(MANY);
    } finally {
      end(rsyslog);
    }

    assertThat(shown("service.name:bulk"))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, MANY).mapToObj(i -> "bulk info  number " + i).toList());
  }

  private Process rsyslog(String actions) throws Exception {
    Path configuration = folder.resolve("rsyslog.conf");
    Files.writeString(
        configuration,
        """
        global(workDirectory="%1$s")
        module(load="imuxsock" SysSock.Use="off")
        input(type="imuxsock" Socket="%1$s/log" RateLimit.Interval="0")
        %2$s
        """
            .formatted(folder, actions));
    Process rsyslog =
        program(
            RSYSLOG,
            List.of("-n", "-f", configuration.toString(), "-i", folder.resolve("pid").toString()));
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(folder.resolve("log")) && System.nanoTime() < end) {
      assertThat(rsyslog.isAlive()).as(said()).isTrue();
      TimeUnit.MILLISECONDS.sleep(5);
    }
    return rsyslog;
  }

  private void local(String name, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("-u", folder.resolve("log").toString(), "-t", name));
    all.addAll(List.of(arguments));
    logger(all.toArray(String[]::new));
  }

  private void logger(String... arguments) throws Exception {
    Process logger = program(LOGGER, List.of(arguments));
    assertThat(logger.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(logger.exitValue()).as(said()).isZero();
  }

  private Process program(Path program, List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    File said = folder.resolve("said").toFile();
    return new ProcessBuilder(command)
        .redirectInput(new File("/dev/null"))
        .redirectOutput(ProcessBuilder.Redirect.appendTo(said))
        .redirectErrorStream(true)
        .start();
  }

  private static void end(Process process) throws Exception {
    process.destroy();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  private void settle(long count) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (server.installation().spool().orElseThrow().statistics().appended() < count
        && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    server.installation().logdash().drain().block(PATIENCE);
    assertThat(server.installation().spool().orElseThrow().statistics().appended())
        .as(said())
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

  private String said() throws Exception {
    Path said = folder.resolve("said");
    return Files.exists(said) ? Files.readString(said, UTF_8) : "";
  }

  private static String architecture() {
    return System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch");
  }
}
