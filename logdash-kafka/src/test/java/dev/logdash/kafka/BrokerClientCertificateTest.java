package dev.logdash.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.RecordBatch;
import dev.logdash.testing.TestCertificates;
import dev.logdash.testing.kafka.KafkaServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker that takes clients with a certificate alone. */
@Timeout(120)
class BrokerClientCertificateTest {

  @TempDir private static Path folder;
  private static TestCertificates certificates;
  private static KafkaServer server;

  @BeforeAll
  static void start() {
    certificates = TestCertificates.make(folder.resolve("tls"));
    server =
        KafkaServer.start(
            folder.resolve("kafka"),
            "listener.security.protocol.map=PLAINTEXT:SSL,CONTROLLER:PLAINTEXT",
            "ssl.client.auth=required",
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

  @Test
  void carriesLinesOfWhoShowsOne() {
    Map<String, String> properties = showing(certificates.client());
    String topic = KafkaKit.newName();
    try (KafkaLogSink sink = sink(properties, topic);
        KafkaLogSource source =
            KafkaLogSource.open(KafkaSourceConfig.of(properties, topic, topic))) {
      KafkaKit.append(sink, AckLevel.BROKERED, List.of("line"));

      RecordBatch batch =
          source
              .assignments()
              .flatMap(assignment -> assignment.read(0))
              .filter(each -> !each.records().isEmpty())
              .blockFirst(KafkaKit.PATIENCE);

      assertThat(batch.records()).extracting(record -> record.text()).containsExactly("line");
    }
  }

  @Test
  void refusesWhoShowsNoneOrThatOfAnotherAuthority() {
    refuses(trusting());
    refuses(showing(certificates.strangerWithKey()));
  }

  private static void refuses(Map<String, String> properties) {
    try (KafkaLogSink sink = sink(properties, KafkaKit.newName())) {
      assertThatThrownBy(() -> KafkaKit.append(sink, AckLevel.BROKERED, List.of("line")))
          .isInstanceOf(BackendException.Misconfigured.class);
    }
  }

  private static KafkaLogSink sink(Map<String, String> properties, String topic) {
    return new KafkaKit(server.bootstrap()).sink(KafkaSinkConfig.of(properties, topic));
  }

  /** As the README says it. */
  private static Map<String, String> showing(Path certificate) {
    Map<String, String> properties = trusting();
    properties.put("ssl.keystore.type", "PEM");
    properties.put("ssl.keystore.location", certificate.toString());
    return properties;
  }

  private static Map<String, String> trusting() {
    Map<String, String> properties = new HashMap<>();
    properties.put("bootstrap.servers", server.bootstrap());
    properties.put("security.protocol", "SSL");
    properties.put("ssl.truststore.type", "PEM");
    properties.put("ssl.truststore.location", certificates.authority().toString());
    return properties;
  }
}
