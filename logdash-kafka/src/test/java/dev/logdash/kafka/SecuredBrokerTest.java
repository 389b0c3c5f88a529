package dev.logdash.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.RecordBatch;
import dev.logdash.testing.CapturedLogs;
import dev.logdash.testing.TestCertificates;
import dev.logdash.testing.kafka.KafkaServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker that speaks TLS alone, and asks who is there. */
@Timeout(120)
class SecuredBrokerTest {

  private static final String RIGHT = "open-Sesame-4711";
  private static final String WRONG = "wrong-Sesame-0815";
  private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule";
  private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule";

  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private static Path folder;
  private static TestCertificates certificates;
  private static KafkaServer server;

  private CapturedLogs logs;

  @BeforeAll
  static void start() {
    certificates = TestCertificates.make(folder.resolve("tls"));
    server =
        KafkaServer.start(
            folder.resolve("kafka"),
            List.of("SCRAM-SHA-512=[name=logs,password=" + RIGHT + "]"),
            "listener.security.protocol.map=PLAINTEXT:SASL_SSL,CONTROLLER:PLAINTEXT",
            "sasl.enabled.mechanisms=SCRAM-SHA-512,PLAIN",
            "sasl.mechanism.inter.broker.protocol=SCRAM-SHA-512",
            "listener.name.plaintext.scram-sha-512.sasl.jaas.config=" + login(SCRAM, RIGHT),
            "listener.name.plaintext.plain.sasl.jaas.config="
                + login(PLAIN, RIGHT).replace(";", " user_logs=\"" + RIGHT + "\";"),
            "ssl.keystore.type=PKCS12",
            "ssl.keystore.location=" + certificates.serverKeyStore(),
            "ssl.keystore.password=" + TestCertificates.PASSWORD,
            "ssl.key.password=" + TestCertificates.PASSWORD,
            "ssl.truststore.type=PEM",
            "ssl.truststore.location=" + certificates.authority());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void listen() {
    logs = CapturedLogs.of("org.apache.kafka", "dev.logdash");
  }

  @AfterEach
  void showsNoSecret() {
    logs.close();
    assertThat(logs.text()).contains("AdminClientConfig values").doesNotContain(RIGHT, WRONG);
  }

  @Test
  void carriesLinesOfAUserWhoseNameAndPasswordAreRight() {
    for (String mechanism : List.of("SCRAM-SHA-512", "PLAIN")) {
      Map<String, String> properties = as(mechanism, RIGHT);
      String topic = KafkaKit.newName();
      try (KafkaLogSink sink = sink(properties, topic);
          KafkaLogSource source =
              KafkaLogSource.open(KafkaSourceConfig.of(properties, topic, topic))) {
        KafkaKit.append(sink, AckLevel.BROKERED, List.of("line of " + mechanism));

        RecordBatch batch =
            source
                .assignments()
                .flatMap(assignment -> assignment.read(0))
                .filter(each -> !each.records().isEmpty())
                .blockFirst(KafkaKit.PATIENCE);

        assertThat(batch.records())
            .extracting(record -> record.text())
            .containsExactly("line of " + mechanism);
      }
    }
  }

  @Test
  void saysThatThePasswordIsWrong() {
    refuses(as("SCRAM-SHA-512", WRONG), "Authentication failed");
    refuses(as("PLAIN", WRONG), "Authentication failed");
  }

  @Test
  void saysThatTheAuthorityIsNotTrusted() {
    Map<String, String> properties = as("SCRAM-SHA-512", RIGHT);
    properties.put("ssl.truststore.location", certificates.stranger().toString());
    refuses(properties, "SSL handshake failed", "certification path");

    properties.remove("ssl.truststore.location");
    properties.remove("ssl.truststore.type");
    refuses(properties, "SSL handshake failed", "certification path");
  }

  @Test
  void saysThatTheNameIsNotInTheCertificate() {
    Map<String, String> properties = as("SCRAM-SHA-512", RIGHT);
    properties.put("bootstrap.servers", "localhost:" + server.port());

    refuses(properties, "SSL handshake failed", "localhost");
  }

  @Test
  void saysWhatIsWrongWithTheFileOfTheAuthority() throws Exception {
    Path missing = folder.resolve("missing.pem");
    Path empty = Files.writeString(folder.resolve("text.pem"), "no certificate", UTF_8);
    for (Path file : List.of(missing, empty)) {
      Map<String, String> properties = as("SCRAM-SHA-512", RIGHT);
      properties.put("ssl.truststore.location", file.toString());

      refuses(properties, file.getFileName().toString());
    }
  }

  @Test
  void saysThatALoginIsNotWritten() {
    Map<String, String> properties = as("SCRAM-SHA-512", RIGHT);
    properties.put("sasl.jaas.config", login(SCRAM, WRONG).replace(";", ""));

    refuses(properties, "JAAS");
  }

  /** Both ways, soon, for a person to mend, and with no secret in any message. */
  private static void refuses(Map<String, String> properties, String... why) {
    String topic = KafkaKit.newName();
    long start = System.nanoTime();
    try (KafkaLogSink sink = sink(properties, topic)) {
      assertThatThrownBy(() -> KafkaKit.append(sink, AckLevel.BROKERED, List.of("line")))
          .isInstanceOf(BackendException.Misconfigured.class)
          .satisfies(failure -> tells(failure, why));
    }
    try (KafkaLogSource source =
        KafkaLogSource.open(KafkaSourceConfig.of(properties, "group", topic))) {
      source.assignments().subscribe();
      Throwable[] seen = new Throwable[1];
      KafkaKit.await(
          "the refusal",
          () -> {
            seen[0] = failure(source);
            return seen[0] instanceof BackendException.Misconfigured;
          });
      tells(seen[0], why);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
  }

  private static void tells(Throwable failure, String... why) {
    assertThat(failure.getMessage()).contains(why);
    assertThat(Throwables.getStackTrace(failure)).doesNotContain(RIGHT, WRONG);
  }

  private static Throwable failure(KafkaLogSource source) {
    try {
      source.check().block(KafkaKit.PATIENCE);
      return null;
    } catch (BackendException e) {
      return e;
    }
  }

  private static KafkaLogSink sink(Map<String, String> properties, String topic) {
    return new KafkaKit(server.bootstrap()).sink(KafkaSinkConfig.of(properties, topic));
  }

  /** As the README says it. */
  private static Map<String, String> as(String mechanism, String password) {
    Map<String, String> properties = new HashMap<>();
    properties.put("bootstrap.servers", server.bootstrap());
    properties.put("security.protocol", "SASL_SSL");
    properties.put("sasl.mechanism", mechanism);
    properties.put("sasl.jaas.config", login(mechanism.equals("PLAIN") ? PLAIN : SCRAM, password));
    properties.put("ssl.truststore.type", "PEM");
    properties.put("ssl.truststore.location", certificates.authority().toString());
    return properties;
  }

  private static String login(String module, String password) {
    return module + " required username=\"logs\" password=\"" + password + "\";";
  }
}
